//! Classes of the Nice Classification (尼斯分类), which sorts what a trade mark is registered for.
//!
//! The Nice Agreement has 45 classes: 1 to 34 are goods, 35 to 45 are services.

/// A class of the Nice Classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NiceClass(u8);

/// What the entries of a class are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 商品: classes 1 to 34.
    Goods,
    /// 服务: classes 35 to 45.
    Services,
}

impl NiceClass {
    /// The class of this number; `None` unless it is from 1 to 45.
    pub fn new(number: i64) -> Option<Self> {
        u8::try_from(number).ok().filter(|number| (1..=45).contains(number)).map(Self)
    }

    /// The number of the class, from 1 to 45.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Whether the class is one of goods or of services.
    pub fn kind(self) -> Kind {
        if self.0 <= 34 { Kind::Goods } else { Kind::Services }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: &str = include_str!("../vectors/nice_classes.csv");
    const VECTORS: &str = include_str!("../vectors/nice.csv");

    #[test]
    fn knows_every_class() {
        let mut rows = 0;
        for row in csv::Reader::from_reader(CLASSES.as_bytes()).records() {
            let row = row.unwrap();
            let class = NiceClass::new(row[0].parse().unwrap()).unwrap();
            let kind = if &row[1] == "goods" { Kind::Goods } else { Kind::Services };
            assert_eq!((class.number().to_string(), class.kind()), (row[0].to_owned(), kind));
            rows += 1;
        }
        assert_eq!(rows, 45);
    }

    #[test]
    fn judges_every_vector() {
        for row in csv::Reader::from_reader(VECTORS.as_bytes()).records() {
            let row = row.unwrap();
            let class = NiceClass::new(row[1].parse().unwrap());
            assert_eq!(class.is_some(), &row[2] == "VALID", "{row:?}");
        }
    }

    #[test]
    fn refuses_other_integers() {
        for number in [i64::MIN, -1, 256 + 1, i64::MAX] {
            assert_eq!(NiceClass::new(number), None);
        }
    }
}
