//! The plan's catalogue goes through the records of a workbook and comes out the same.

use jintu::{
    book::{Book, Mark, ProjectRecord, TABLES, Table},
    catalogue::{
        Catalogue,
        lower::{Base, Lowered, book_of_plan, lower_book, lower_plan},
    },
    store::SEEDS,
};

fn book(plan: &[u8], base: &Base) -> Book {
    book_of_plan(plan, "plan.txt", None, &Mark::default(), &SEEDS, base).unwrap().book
}

fn same(direct: &Lowered, by_records: &Lowered) {
    let (a, b) = (&direct.catalogue, &by_records.catalogue);
    let parts = |catalogue: &Catalogue| {
        (catalogue.title.clone(), catalogue.made_public.clone(), catalogue.tasks())
    };
    assert_eq!(parts(a), parts(b));
    assert_eq!(a.targets, b.targets);
    assert_eq!(a.slides, b.slides);
    assert_eq!(a.features.len(), b.features.len());
    for (a, b) in a.features.iter().zip(&b.features) {
        assert_eq!(a, b);
    }
    assert_eq!(a.projects.len(), b.projects.len());
    for (a, b) in a.projects.iter().zip(&b.projects) {
        assert_eq!(a, b, "{}", a.id);
    }
    assert_eq!(a.county_pieces, b.county_pieces);
    assert_eq!(a.search_keys, b.search_keys);
    let extent = a.city_extent().unwrap();
    assert_eq!(a.index.in_extent(&extent), b.index.in_extent(&extent));
}

#[test]
fn the_plan_comes_out_of_its_records_as_it_was() {
    let base = Base::new(&SEEDS, &mut Vec::new());
    let direct = lower_plan(SEEDS.plan, &SEEDS);
    let book = book(SEEDS.plan, &base);
    assert!(book.count(Table::Projects) > 38 && book.count(Table::Places) > 20);
    same(&direct, &lower_book(&book, SEEDS.plan, &base));
}

#[test]
fn another_plan_comes_out_of_its_records_as_it_was() {
    let text = "某市规划\n一、交通\n专栏1 交通项目\n1.晋源区东西大道。全长12公里,总投资约3.5亿元。\n\
                2.清徐县客运站。占地20亩。\n3.无名桥。\n";
    let base = Base::new(&SEEDS, &mut Vec::new());
    let direct = lower_plan(text.as_bytes(), &SEEDS);
    assert_eq!(direct.catalogue.projects.len(), 3);
    let book = book(text.as_bytes(), &base);
    same(&direct, &lower_book(&book, text.as_bytes(), &base));
}

#[test]
fn records_do_not_follow_the_reader_of_plans() {
    let base = Base::new(&SEEDS, &mut Vec::new());
    let mut book = book(SEEDS.plan, &base);
    let mut record: ProjectRecord = book.get("B1-02").unwrap().unwrap();
    // As if a reader of another time had counted otherwise.
    record.id = "B9-77".to_owned();
    book.put(&record).unwrap();
    let lowered = lower_book(&book, SEEDS.plan, &base);
    let own = lowered.catalogue.project("B9-77").unwrap();
    assert_eq!(own.name, lowered.catalogue.project("B1-02").unwrap().name);
}

#[test]
fn the_list_of_tables_stands_in_the_order_of_their_names_in_code() {
    for (i, row) in TABLES.iter().enumerate() {
        assert_eq!(row.table as usize, i);
        assert_eq!(row.table.row(), row);
        assert_eq!(Table::from_name(row.name), Some(row.table));
        assert!(row.name.starts_with("jintu_"));
    }
}
