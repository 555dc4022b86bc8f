//! Bytes that should be tiles, and are not.

use std::io::{Cursor, Write};

use image::{ImageFormat, Rgba, RgbaImage};
use jintu::tile::{
    Content, Failure, MAX_BODY_BYTES, TileBody, TilePicture, judge, seconds_from_http_date,
};
use proptest::prelude::*;

const FORMATS: [ImageFormat; 3] = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP];

/// A picture that does not compress well.
fn noisy(width: u32, height: u32) -> RgbaImage {
    let mut random = 7_u32;
    RgbaImage::from_fn(width, height, |_, _| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = random.to_be_bytes();
        Rgba([a, b, c, 255])
    })
}

fn encoded(image: &RgbaImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    match format {
        ImageFormat::Jpeg => image::DynamicImage::from(image.clone())
            .into_rgb8()
            .write_to(&mut bytes, format)
            .unwrap(),
        _ => image.write_to(&mut bytes, format).unwrap(),
    }
    bytes.into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

#[test]
fn pictures_of_each_kind_are_read() {
    let image = noisy(256, 200);
    for format in FORMATS {
        let body = judge(&encoded(&image, format), Content::Raster).unwrap();
        let TileBody::Picture(picture) = body else { panic!("no picture") };
        assert_eq!((picture.width_px, picture.height_px), (256, 200));
        assert_eq!(picture.rgba.len(), 256 * 200 * 4);
        if format != ImageFormat::Jpeg {
            assert_eq!(&picture.rgba, image.as_raw());
        }
    }
    // Sixteen bits a channel, a palette's grey, and a lone alpha come as eight bits too.
    let deep = image::ImageBuffer::from_pixel(3, 3, image::Rgba([65535_u16, 0, 257, 65535]));
    let mut bytes = Cursor::new(Vec::new());
    deep.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let TileBody::Picture(picture) = judge(bytes.get_ref(), Content::Raster).unwrap() else {
        panic!("no picture")
    };
    assert_eq!(&picture.rgba[..4], [255, 0, 1, 255]);
}

#[test]
fn a_picture_cut_off_anywhere_is_damaged() {
    let image = noisy(64, 64);
    for format in FORMATS {
        let whole = encoded(&image, format);
        // Behind the last pixels come at most an empty end chunk and its checksums.
        for end in (0..whole.len() - 20).step_by(37).chain([whole.len() - 21]) {
            let failure = judge(&whole[..end], Content::Raster).unwrap_err();
            let told = [Failure::Damaged, Failure::NotAPicture];
            assert!(told.contains(&failure), "{format:?} cut at {end}: {failure:?}");
        }
    }
}

#[test]
fn claims_of_size_are_refused_before_they_take_memory() {
    let mut png = encoded(&noisy(4, 4), ImageFormat::Png);
    for (width, height) in [(4097, 16), (16, 4097), (60_000, 60_000), (u32::MAX >> 1, 1)] {
        png[16..20].copy_from_slice(&u32::to_be_bytes(width));
        png[20..24].copy_from_slice(&u32::to_be_bytes(height));
        let mut crc = flate2::Crc::new();
        crc.update(&png[12..29]);
        png[29..33].copy_from_slice(&crc.sum().to_be_bytes());
        assert_eq!(judge(&png, Content::Raster), Err(Failure::TooLarge), "{width} × {height}");
    }
    let mut jpeg = encoded(&noisy(4, 4), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xF0, 0xFF, 0xF0]);
    assert_eq!(judge(&jpeg, Content::Raster), Err(Failure::TooLarge));
    let most = usize::try_from(MAX_BODY_BYTES).unwrap();
    assert_eq!(judge(&vec![0x89; most + 1], Content::Raster), Err(Failure::TooLarge));
    // 64 MiB of nothing in 64 kB.
    assert_eq!(judge(&gzipped(&vec![0; 64 << 20]), Content::Vector), Err(Failure::TooLarge));
}

#[test]
fn what_is_no_tile_is_told() {
    for content in [Content::Raster, Content::Vector] {
        for (text, told) in [
            ("\u{feff} \r\n<!DOCTYPE html><title>log in</title>", Failure::NotAPicture),
            ("{\"error\":\"no\"}", Failure::NotAPicture),
            ("{\"code\":301012,\"msg\":\"权限类型错误\"}", Failure::KeyType),
            ("<p>密钥类型与客户端不符</p>", Failure::KeyType),
            ("{\"msg\":\"配额已用完\"}", Failure::Quota),
            ("{\"msg\":\"非法Key\"}", Failure::KeyInvalid),
        ] {
            assert_eq!(judge(text.as_bytes(), content), Err(told), "{text}");
        }
    }
    assert_eq!(judge(b"", Content::Raster), Err(Failure::NotAPicture));
    // An empty vector tile is one without features.
    assert_eq!(judge(b"", Content::Vector), Ok(TileBody::Vector(Vec::new())));
    let tile = b"\x1A\x02\x0A\x00".to_vec();
    assert_eq!(judge(&tile, Content::Vector), Ok(TileBody::Vector(tile.clone())));
    assert_eq!(judge(&gzipped(&tile), Content::Vector), Ok(TileBody::Vector(tile)));
    let cut = gzipped(&[7; 5000]);
    assert_eq!(judge(&cut[..cut.len() / 2], Content::Vector), Err(Failure::Damaged));
}

#[test]
fn pictures_sharper_than_any_screen_are_made_smaller() {
    let picture = |width_px, height_px| TilePicture {
        width_px,
        height_px,
        rgba: [9, 8, 7, 255].repeat((width_px * height_px) as usize),
        names: Vec::new(),
    };
    for (width, height, expected) in [
        (512, 512, (512, 512)),
        (1024, 1024, (512, 512)),
        (1024, 10, (512, 5)),
        (4096, 1, (512, 1)),
    ] {
        let small = picture(width, height).at_most(512);
        assert_eq!((small.width_px, small.height_px), expected);
        assert_eq!(small, picture(expected.0, expected.1));
    }
}

#[test]
fn dates_of_http_are_read() {
    // Seconds by `date -u -d ... +%s`.
    for (text, seconds) in [
        ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
        ("Tue, 29 Feb 2000 23:59:59 GMT", Some(951_868_799)),
        ("Fri, 01 Mar 2024 00:00:00 GMT", Some(1_709_251_200)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", Some(253_402_300_799)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", None),
        ("Sun, 06 Nov 1994 24:49:37 GMT", None),
        ("Sun, 06 Nov 1994 08:49:37 CST", None),
        ("0", None),
        ("", None),
    ] {
        assert_eq!(seconds_from_http_date(text), seconds, "{text}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_stumble(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        kind in 0..6_usize,
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut whole = match FORMATS.get(kind) {
            Some(format) => encoded(&noisy(16, 16), *format),
            None => bytes,
        };
        for (at, value) in flips {
            if !whole.is_empty() {
                let at = at.index(whole.len());
                whole[at] = value;
            }
        }
        for content in [Content::Raster, Content::Vector] {
            if let Ok(TileBody::Picture(picture)) = judge(&whole, content) {
                let pixels = picture.width_px as usize * picture.height_px as usize;
                prop_assert_eq!(picture.rgba.len(), pixels * 4);
            }
        }
    }

    #[test]
    fn no_text_makes_a_date_stumble(text in "[A-Za-z]{0,9}, [0-9]{1,20} (Jan|Feb|Dec|X) [0-9]{1,20} [0-9:]{0,12} ?(GMT)?") {
        let _ = seconds_from_http_date(&text);
    }
}
