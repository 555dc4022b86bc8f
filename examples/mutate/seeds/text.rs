//! Formats that are text, written by hand.

use encoding_rs::GB18030;

use crate::case::Case;

pub fn geojson() -> Vec<Case> {
    let point = |i: u32| {
        let step = f64::from(i) * 0.01;
        format!(
            r#"{{"type":"Feature","id":{i},"properties":{{"名称":"点{i}","码":"00{i}","值":{step},"有":true,"日期":"2024-05-06"}},"geometry":{{"type":"Point","coordinates":[{},{}]}}}}"#,
            112.5 + step,
            37.8 + step
        )
    };
    let points: Vec<String> = (0..8).map(point).collect();
    let points = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, points.join(","));
    let all = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"features":[
      {"type":"Feature","properties":{"a":1,"b":null,"c":[1,2],"d":{"e":"f"}},"geometry":{"type":"Polygon","coordinates":[[[112,37],[113,37],[113,38],[112,38],[112,37]],[[112.4,37.4],[112.6,37.4],[112.6,37.6],[112.4,37.4]]]}},
      {"type":"Feature","properties":{"a":12345678901234567890,"b":"文"},"geometry":{"type":"MultiPolygon","coordinates":[[[[112,37],[113,37],[113,38],[112,37]]],[[[114,37],[115,37],[115,38],[114,37]]]]}},
      {"type":"Feature","properties":{"a":-1.5e3},"geometry":{"type":"MultiLineString","coordinates":[[[112,37],[113,38,5]],[[112.5,37.5],[112.6,37.6]]]}},
      {"type":"Feature","properties":null,"geometry":{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[112,37],[112.1,37.1]]},{"type":"LineString","coordinates":[[112,37],[112.2,37.2]]}]}},
      {"type":"Feature","properties":{"a":"\u592a\n"},"geometry":null}]}"#;
    let lines: Vec<String> = (0..4).map(point).collect();
    let gbk = GB18030.encode(&points).0.into_owned();
    let wide = points.encode_utf16().flat_map(u16::to_le_bytes);
    vec![
        Case::one("a.geojson", all),
        Case::one("a.geojson", points.clone()),
        Case::one("a.geojsonl", lines.join("\n")),
        Case::one("a.json", format!("[{}]", lines.join(","))),
        Case::one("a.geojson", gbk),
        Case::one("a.geojson", [0xFF, 0xFE].into_iter().chain(wide).collect::<Vec<u8>>()),
    ]
}

pub fn topology() -> Vec<Case> {
    let text = r#"{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[112,37]},"objects":{"counties":{"type":"GeometryCollection","geometries":[{"type":"Polygon","id":"a","properties":{"名称":"西"},"arcs":[[0,1]]},{"type":"MultiPolygon","properties":{"名称":"东"},"arcs":[[[2,-1]]]},{"type":null,"properties":{"名称":"无"}}]},"towns":{"type":"Point","coordinates":[5,5]},"roads":{"type":"MultiLineString","arcs":[[0],[-2,1]]}},"arcs":[[[1,0],[0,1]],[[1,1],[-1,0],[0,-1],[1,0]],[[1,0],[1,0],[0,1],[-1,0]]]}"#;
    vec![Case::one("a.topojson", text)]
}

pub fn esri() -> Vec<Case> {
    let text = r#"{"geometryType":"esriGeometryPolygon","fields":[{"name":"OBJECTID","type":"esriFieldTypeOID"},{"name":"面积","type":"esriFieldTypeDouble"},{"name":"日期","type":"esriFieldTypeDate"}],"features":[{"attributes":{"OBJECTID":1,"面积":2.5,"日期":1714953600000},"geometry":{"rings":[[[112,37],[112,38],[113,38],[113,37],[112,37]],[[112.2,37.2],[112.4,37.2],[112.4,37.4],[112.2,37.2]]]}},{"attributes":{"OBJECTID":2},"geometry":{"x":112.5,"y":37.8}},{"attributes":{"OBJECTID":3},"geometry":{"points":[[112,37],[112.5,37.5]]}},{"attributes":{"OBJECTID":4},"geometry":{"paths":[[[112,37],[113,38]]],"curvePaths":[[[112,37],{"c":[[113,38],[112.5,37.9]]}]]}}],"spatialReference":{"wkid":4490}}"#;
    vec![Case::one("a.esrijson", text)]
}

const KML: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>规划 &amp; 项目</name>
<Schema name="s" id="s"><SimpleField type="int" name="n"/></Schema><Folder><name>点</name>
<Placemark><name>站</name><description><![CDATA[<b>x</b>]]></description><ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="n">7</SimpleData></SchemaData><Data name="面积"><value>1.5</value></Data></ExtendedData><Point><coordinates> 112.5,37.8,700 </coordinates></Point></Placemark></Folder>
<Placemark><name>面</name><Polygon><outerBoundaryIs><LinearRing><coordinates>112,37,0 113,37,0 113,38,0 112,37,0</coordinates></LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>112.4,37.4 112.6,37.4 112.6,37.6 112.4,37.4</coordinates></LinearRing></innerBoundaryIs></Polygon></Placemark>
<Placemark><MultiGeometry><Point><coordinates>112,37</coordinates></Point><LineString><coordinates>112,37 112.1,37.1 112.2,37.2</coordinates></LineString></MultiGeometry></Placemark>
<Placemark><gx:Track><when>2026-01-31T08:00:00Z</when><gx:coord>112.1 37.1 0</gx:coord><gx:coord>112.2 37.2 0</gx:coord></gx:Track></Placemark>
<NetworkLink><Link><href>http://example.invalid/a.kml</href></Link></NetworkLink></Document></kml>"##;

pub fn kml() -> Vec<Case> {
    let gbk = GB18030.encode(&KML.replace("UTF-8", "GBK")).0.into_owned();
    vec![Case::one("a.kml", KML), Case::one("a.kml", gbk)]
}

pub fn kmz() -> Vec<Case> {
    let files = vec![("doc.kml".to_owned(), KML.into()), ("files/a.txt".to_owned(), b"x".to_vec())];
    vec![Case { files, packed: Some("a.kmz") }]
}

pub fn ovkml() -> Vec<Case> {
    let datum = |name: &str, datum: &str| {
        format!(
            "<Placemark><name>{name}</name><OvCoordType>{datum}</OvCoordType><Point><coordinates>112.55,37.87</coordinates></Point></Placemark>"
        )
    };
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>奥维</name>{}{}</Document></kml>",
        datum("甲", "GCJ02"),
        datum("乙", "WGS84")
    );
    vec![Case::one("a.ovkml", text)]
}

pub fn ovjsn() -> Vec<Case> {
    let text = "\u{feff}{\"Version\":\"V10.6.2\",\"Type\":1,\"ObjItems\":[{\"Type\":7,\"Object\":{\"Name\":\"甲\",\"Comment\":\"c\",\"ObjectDetail\":{\"Lat\":37.87,\"Lng\":112.55,\"Gcj02\":1}}},{\"Type\":8,\"Object\":{\"Name\":\"乙\",\"ObjectDetail\":{\"Latlng\":[37.8,112.5,37.9,112.6],\"Gcj02\":0}}},{\"Type\":13,\"Object\":{\"Name\":\"\",\"ObjectDetail\":{\"Latlng\":[37,112,37,113,38,113,37,112],\"Gcj02\":0}}},{\"Type\":99,\"Object\":{\"Name\":\"丁\"}}]}";
    vec![Case::one("a.ovjsn", text)]
}

pub fn gpx() -> Vec<Case> {
    let text = "<?xml version=\"1.0\"?><gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"><metadata><name>路</name></metadata><wpt lat=\"37.87\" lon=\"112.55\"><ele>780.5</ele><time>2024-05-06T01:02:03Z</time><name>甲</name><extensions><x:y xmlns:x=\"u\">1</x:y></extensions></wpt><rte><name>乙</name><rtept lat=\"37.8\" lon=\"112.5\"/><rtept lat=\"37.9\" lon=\"112.6\"/></rte><trk><name>丙</name><trkseg><trkpt lat=\"37.8\" lon=\"112.5\"><ele>1</ele></trkpt><trkpt lat=\"37.9\" lon=\"112.6\"/></trkseg><trkseg><trkpt lat=\"38\" lon=\"112.7\"/><trkpt lat=\"38.1\" lon=\"112.8\"/></trkseg></trk></gpx>";
    vec![Case::one("a.gpx", text)]
}

/// Groups out of `code value` words, separated by bars.
fn groups(text: &str) -> String {
    let written = text.split('|').map(|group| {
        let (code, value) = group.trim().split_once(' ').unwrap_or((group.trim(), ""));
        format!("{code:>3}\r\n{value}\r\n")
    });
    written.collect::<Vec<_>>().concat()
}

pub fn dxf() -> Vec<Case> {
    let drawing = |version: &str| {
        format!(
            "0 SECTION|2 HEADER|9 $ACADVER|1 {version}|9 $DWGCODEPAGE|3 ANSI_936|9 $INSUNITS|70 6|0 ENDSEC\
             |0 SECTION|2 TABLES|0 TABLE|2 LAYER|0 LAYER|2 道路|62 3|0 LAYER|2 OFF|62 -5|0 ENDTAB|0 ENDSEC\
             |0 SECTION|2 BLOCKS|0 BLOCK|2 B|10 0|20 0|0 LINE|10 0|20 0|11 10|21 10|0 INSERT|2 C|10 1|20 1|0 ENDBLK|0 BLOCK|2 C|0 CIRCLE|10 5|20 5|40 2|0 ENDBLK|0 ENDSEC\
             |0 SECTION|2 ENTITIES|0 LINE|8 道路|10 38500000|20 4190000|11 38500100|21 4190100\
             |0 LWPOLYLINE|8 0|90 3|70 1|10 38500000|20 4190000|42 0.5|10 38500100|20 4190000|10 38500100|20 4190100\
             |0 POLYLINE|8 0|66 1|70 0|0 VERTEX|10 38500000|20 4190000|42 -1|0 VERTEX|10 38500100|20 4190100|0 SEQEND\
             |0 ARC|8 0|10 38500000|20 4190000|40 50|50 0|51 270|0 CIRCLE|10 38500000|20 4190000|40 20\
             |0 ELLIPSE|10 38500000|20 4190000|11 50|21 0|40 0.5|41 0|42 6.28\
             |0 SPLINE|70 8|71 3|72 8|73 4|40 0|40 0|40 0|40 0|40 1|40 1|40 1|40 1|10 38500000|20 4190000|10 38500050|20 4190100|10 38500100|20 4190000|10 38500150|20 4190100\
             |0 TEXT|8 注记|10 38500000|20 4190000|40 5|1 太原\\U+592A|0 MTEXT|10 38500000|20 4190000|3 长|1 {{\\fSimSun;文}}\\P二\
             |0 POINT|10 38500000|20 4190000|0 INSERT|2 B|10 38500000|20 4190000|41 2|42 2|50 30|70 3|71 2|44 20|45 20\
             |0 HATCH|10 0|20 0|70 1|91 1|92 2|72 0|73 1|93 3|10 38500000|20 4190000|10 38500100|20 4190000|10 38500100|20 4190100|97 0\
             |0 SOLID|10 38500000|20 4190000|11 38500100|21 4190000|12 38500000|22 4190100|13 38500100|23 4190100|0 3DFACE|10 1|20 1|0 ENDSEC|0 EOF"
        )
    };
    let old = GB18030.encode(&groups(&drawing("AC1015"))).0.into_owned();
    vec![Case::one("a.dxf", groups(&drawing("AC1032"))), Case::one("a.dxf", old)]
}

pub fn parcels() -> Vec<Case> {
    let head = "[属性描述]\r\n格式版本号=1.01版本\r\n坐标系=2000国家大地坐标系\r\n几度分带=3\r\n投影类型=高斯克吕格\r\n计量单位=米\r\n带号=38\r\n精度=0.001\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n";
    let body = "8,3.04,001,甲地块,面,,建设用地,0701,@\r\nJ1,1,4194127.9,38548277.5\r\nJ2,1,4194327.9,38548277.5\r\nJ3,1,4194327.9,38548477.5\r\nJ1,1,4194127.9,38548277.5\r\nJ4,2,4194177.9,38548327.5\r\nJ5,2,4194227.9,38548327.5\r\nJ6,2,4194227.9,38548377.5\r\nJ4,2,4194177.9,38548327.5\r\n";
    let text = format!("{head}{body}");
    let gbk = GB18030.encode(&text).0.into_owned();
    vec![Case::one("a.txt", text), Case::one("a.txt", gbk)]
}

pub fn csv() -> Vec<Case> {
    let rows = |head: &str, row: &dyn Fn(f64) -> String| {
        let body: Vec<String> = (0..8).map(|i| row(f64::from(i) * 0.01)).collect();
        format!("{head}\n{}\n", body.join("\n"))
    };
    let plain = rows("名称,经度,纬度,值", &|s| {
        format!("\"甲,\"\"{s}\"\"\",{},{},00{s}", 112.5 + s, 37.8 + s)
    });
    let dms = rows("name;position", &|s| format!("乙;37°52′{s:.1}″N 112°33′{s:.1}″E"));
    let plane = rows("点号\tX坐标\tY坐标", &|s| {
        format!("J1\t{}\t{}", 4_194_127.9 + s, 38_548_277.5 + s)
    });
    let comma = rows("名称;经度(°);纬度(°)", &|s| {
        format!("丙;{};{}", 112.5 + s, 37.8 + s).replace('.', ",")
    });
    let shape = rows("名称,WKT", &|s| {
        format!(
            "丁,\"POLYGON(({} 37,113 37,113 38,{} 37),(112.5 37.2,112.6 37.2,112.6 37.3,112.5 37.2))\"",
            112.0 + s,
            112.0 + s
        )
    });
    let pair =
        rows("规划项目表\n\n名称,坐标", &|s| format!("戊,\"{},{}\"", 112.5 + s, 37.8 + s));
    let gbk = GB18030.encode(&plain).0.into_owned();
    let wide = plain.encode_utf16().flat_map(u16::to_le_bytes);
    vec![
        Case::one("a.csv", plain.clone()),
        Case::one("a.csv", dms),
        Case::one("a.tsv", plane),
        Case::one("a.csv", comma),
        Case::one("a.csv", shape),
        Case::one("a.csv", pair),
        Case::one("a.csv", gbk),
        Case::one("a.csv", [0xFF, 0xFE].into_iter().chain(wide).collect::<Vec<u8>>()),
    ]
}

pub fn wkt() -> Vec<Case> {
    let texts = [
        "SRID=4490;POINT Z (112.5 37.8 700)",
        "MULTIPOLYGON(((112 37,113 37,113 38,112 37),(112.5 37.2,112.6 37.2,112.6 37.3,112.5 37.2)),((1 1,2 1,2 2,1 1)))",
        "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4),MULTIPOINT((1 2),(3 4)),GEOMETRYCOLLECTION EMPTY)",
        "MULTILINESTRING((0 0,1 1,2 0),(2 0,3 3))",
        "POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))",
    ];
    texts.into_iter().map(|text| Case::one("a.wkt", text)).collect()
}

/// Reference systems and positions, as people and files write them.
pub fn systems() -> Vec<Case> {
    let texts = [
        "PROJCS[\"CGCS2000_3_Degree_GK_Zone_38\",GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",38500000.0],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",114.0],PARAMETER[\"Scale_Factor\",1.0],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]",
        "PROJCRS[\"x\",BASEGEOGCRS[\"WGS 84\",DATUM[\"World Geodetic System 1984\",ELLIPSOID[\"WGS 84\",6378137,298.257223563]]],CONVERSION[\"UTM zone 49N\",METHOD[\"Transverse Mercator\"],PARAMETER[\"Longitude of natural origin\",111],PARAMETER[\"Scale factor at natural origin\",0.9996],PARAMETER[\"False easting\",500000]],CS[Cartesian,2],ID[\"EPSG\",32649]]",
        "+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=38500000 +y_0=0 +ellps=GRS80 +units=m",
        "gk3:38",
        "tmerc:112.5,500000,0",
        "EPSG:4547",
        "utm:49",
        "37°52′12″N 112°33′00″E",
        "东经112.55° 北纬37.87°",
        "112.55,37.87",
    ];
    texts.into_iter().map(|text| Case::one("a.txt", text)).collect()
}

/// Parts of the plan, in both encodings.
pub fn plan() -> Vec<Case> {
    let text = String::from_utf8_lossy(jintu::store::SEEDS.plan);
    let paragraphs: Vec<&str> = text.split_inclusive("\n\n").collect();
    let mut cases = Vec::new();
    for part in paragraphs.chunks(120).step_by(3).take(8) {
        let part = part.concat();
        cases.push(Case::one("plan.txt", GB18030.encode(&part).0.into_owned()));
        cases.push(Case::one("plan.txt", part));
    }
    cases.push(Case::one(
        "plan.txt",
        "云溪市综合交通发展规划\n第一章 总则\n第一节 现状\n截至2024年底，全市公路总里程达到8,650公里。\n（一）完善路网\n1、建设快速路。新建云溪大道，全长约12.5公里，总投资：35.6亿元。\n专栏1 物流园区\n1.北区\n（1）空港物流园。投资约10亿元，用地200余亩。\n●公交智慧平台\n抄送：市委办公厅。\n",
    ));
    cases
}

pub fn style() -> Vec<Case> {
    let text = r##"{"version":8,"name":"x","sources":{"a":{"type":"vector","url":"https://h/a.json","maxzoom":14,"attribution":"<b>x</b>"}},"layers":[{"id":"b","type":"background","paint":{"background-color":"hsl(10,20%,30%)"}},
     {"id":"w","type":"fill","source":"a","source-layer":"water","filter":["all",["==",["get","class"],"river"],["<",["zoom"],12]],"paint":{"fill-color":["interpolate",["linear"],["zoom"],1,"#fff",10,"rgba(1,2,3,0.5)"],"fill-opacity":0.5}},
     {"id":"r","type":"line","source":"a","source-layer":"transportation","minzoom":2,"filter":["in","class","motorway","path"],"paint":{"line-width":{"base":1.4,"stops":[[6,1],[12,8]]},"line-dasharray":[2,1],"line-color":["case",["has","ref"],"red",["match",["get","rank"],[1,2],"blue","green"]]}},
     {"id":"c","type":"circle","source":"a","source-layer":"poi","paint":{"circle-radius":["step",["get","rank"],1,2,3],"circle-color":["let","x",["/",["get","rank"],0],["to-color",["concat","#",["to-string",["var","x"]]],"red"]]}},
     {"id":"s","type":"symbol","source":"a","source-layer":"place","layout":{"text-field":["format",["coalesce",["get","name:zh"],["get","name"]],{"font-scale":1.2}],"text-size":12,"symbol-sort-key":["get","rank"]},"paint":{"text-color":"#333","text-halo-width":1}},
     {"id":"e","type":"fill-extrusion","source":"a","source-layer":"building"}]}"##;
    vec![Case::one("a.json", text)]
}

/// `TileJSON` and the capabilities of a WMTS.
pub fn tile_documents() -> Vec<Case> {
    let json = r#"{"tilejson":"3.0.0","name":"甲","tiles":["https://h/{z}/{x}/{y}.pbf?tk=1"],"minzoom":1,"maxzoom":14,"bounds":[111,37,113.5,38.5],"scheme":"tms","attribution":"<a href='x'>y</a>","vector_layers":[{"id":"water","fields":{}}]}"#;
    let matrices = (0..4_u32)
        .map(|z| {
            format!("<TileMatrix><ows:Identifier>{z}</ows:Identifier><ScaleDenominator>{}</ScaleDenominator><TopLeftCorner>-20037508.342789 20037508.342789</TopLeftCorner><TileWidth>256</TileWidth><TileHeight>256</TileHeight><MatrixWidth>{1}</MatrixWidth><MatrixHeight>{1}</MatrixHeight></TileMatrix>", 559_082_264.028_717_8 / f64::from(1_u32 << z), 1_u32 << z)
        })
        .collect::<Vec<_>>();
    let matrix = matrices.concat();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Capabilities version=\"1.0.0\" xmlns=\"http://www.opengis.net/wmts/1.0\" xmlns:ows=\"http://www.opengis.net/ows/1.1\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><ows:OperationsMetadata><ows:Operation name=\"GetTile\"><ows:DCP><ows:HTTP><ows:Get xlink:href=\"https://h/wmts?\"/></ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata><Contents><Layer><ows:Title>图</ows:Title><ows:Identifier>l</ows:Identifier><ows:WGS84BoundingBox><ows:LowerCorner>111 37</ows:LowerCorner><ows:UpperCorner>113.5 38.5</ows:UpperCorner></ows:WGS84BoundingBox><Style isDefault=\"true\"><ows:Identifier>default</ows:Identifier></Style><Format>image/png</Format><TileMatrixSetLink><TileMatrixSet>w</TileMatrixSet></TileMatrixSetLink><ResourceURL format=\"image/png\" resourceType=\"tile\" template=\"https://h/{{TileMatrix}}/{{TileRow}}/{{TileCol}}.png\"/></Layer><TileMatrixSet><ows:Identifier>w</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>{matrix}</TileMatrixSet></Contents></Capabilities>"
    );
    vec![Case::one("a.json", json), Case::one("a.xml", xml)]
}
