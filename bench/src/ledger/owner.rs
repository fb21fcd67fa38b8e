//! Owners of patents, every one of them invented and saying so.

use super::random::Random;

/// An owner: an enterprise with its code, or a person without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The name, which ends with （合成数据）.
    pub name: String,
    /// The unified social credit code; none for a person.
    pub uscc: Option<String>,
    /// The division of the registering office.
    pub region: &'static str,
}

/// Divisions of Gansu with the name of their city.
const REGIONS: [(&str, &str); 14] = [
    ("620102", "兰州"),
    ("620103", "兰州"),
    ("620104", "兰州"),
    ("620105", "兰州"),
    ("620200", "嘉峪关"),
    ("620302", "金昌"),
    ("620402", "白银"),
    ("620502", "天水"),
    ("620602", "武威"),
    ("620702", "张掖"),
    ("620802", "平凉"),
    ("620902", "酒泉"),
    ("621002", "庆阳"),
    ("621102", "定西"),
];

const FIRST: [char; 24] = [
    '华', '盛', '宏', '新', '金', '远', '恒', '泰', '瑞', '安', '博', '天', '海', '润', '科', '联', '创',
    '兴', '德', '信', '通', '和', '广', '正',
];
const SECOND: [char; 20] = [
    '达', '源', '力', '通', '成', '隆', '丰', '诚', '宇', '能', '峰', '佳', '康', '腾', '合', '邦', '晟',
    '昌', '利', '辉',
];
const TRADES: [&str; 20] = [
    "科技",
    "机械制造",
    "生物科技",
    "新材料",
    "电气设备",
    "化工",
    "制药",
    "农业科技",
    "环保工程",
    "仪器仪表",
    "石化装备",
    "信息技术",
    "建材",
    "食品",
    "电子",
    "轴承",
    "水泵",
    "电缆",
    "节能技术",
    "矿山设备",
];

impl Owner {
    /// The enterprise of this number, up to 9999.
    pub fn enterprise(number: u32) -> Self {
        let mut random = Random::new(u64::from(number));
        let (region, city) = *random.pick(&REGIONS);
        let (first, second) = (random.pick(&FIRST), random.pick(&SECOND));
        let trade = random.pick(&TRADES);
        let form = if random.in_ten_thousand(8500) { "有限公司" } else { "股份有限公司" };
        Self {
            name: format!("{city}示例{first}{second}{trade}{form}（合成数据）"),
            uscc: Some(credit_code(region, number)),
            region,
        }
    }

    /// The person of this number.
    pub(super) fn person(number: u32) -> Self {
        Self { name: format!("示例个人{number:03}（合成数据）"), uscc: None, region: REGIONS[0].0 }
    }
}

/// The characters of a unified social credit code; the place of each is its value.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A code (GB 32100-2015) with both check characters right; its organisation code begins `YYYY`, as no real one does.
fn credit_code(region: &str, number: u32) -> String {
    let organisation = format!("YYYY{:04}", number % 10_000);
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let values = organisation.chars().filter_map(|c| c.to_digit(36));
    let sum: u32 = values.zip(weights).map(|(value, weight)| value * weight).sum();
    let check = char::from_digit((11 - sum % 11) % 11, 10).unwrap_or('X');
    let code = format!("91{region}{organisation}{check}");

    let values = code.bytes().filter_map(|byte| ALPHABET.iter().position(|other| *other == byte));
    let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
    let sum: usize = values.zip(weights).map(|(value, weight)| value * weight).sum();
    format!("{code}{}", char::from(ALPHABET[(31 - sum % 31) % 31]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_written_fixtures() {
        assert_eq!(credit_code("620102", 6), "91620102YYYY00063F");
        assert_eq!(credit_code("620100", 511), "91620100YYYY051124");
        assert_eq!(credit_code("621000", 572), "91621000YYYY057294");
    }

    #[test]
    fn every_owner_says_that_it_is_invented() {
        assert!((0..500).all(|number| Owner::enterprise(number).name.ends_with("（合成数据）")));
        assert!(Owner::person(1).name.ends_with("（合成数据）"));
    }
}
