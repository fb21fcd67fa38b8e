//! The base data of places, as it stands in `generator/world`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::FIRST;

const CITIES: &str = include_str!("../../../world/cities.toml");
const PLACES: &str = include_str!("../../../world/places.toml");

/// All cities and counties, and the figures of the province.
pub(super) struct Base {
    pub(super) cities: Vec<City>,
    counties: Vec<County>,
    pub(super) province: Figures,
}

/// Figures by indicator, one for each of the world's years.
pub(super) type Figures = BTreeMap<String, [f64; 5]>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct City {
    pub(super) slug: String,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) short: String,
    /// The city's number in constructed codes.
    pub(super) number: i64,
    /// Where its products come from.
    pub(super) origin: Vec<String>,
    /// How many geographical indications it has.
    pub(super) gi: usize,
    /// Published populations, in ten thousands.
    pub(super) census: f64,
    pub(super) year_end_2019: Option<f64>,
    pub(super) year_end_2021: Option<f64>,
    figures: Figures,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct County {
    pub(super) slug: String,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) number: i64,
    /// The credit code of its first user of the sign.
    pub(super) user: String,
}

#[derive(Deserialize)]
struct Cities {
    city: Vec<City>,
}

#[derive(Deserialize)]
struct Places {
    county: Vec<County>,
    province: Figures,
}

impl Base {
    pub(super) fn read() -> Result<Self, String> {
        let cities: Cities = toml::from_str(CITIES).map_err(|error| format!("cities.toml: {error}"))?;
        let places: Places = toml::from_str(PLACES).map_err(|error| format!("places.toml: {error}"))?;
        Ok(Self { cities: cities.city, counties: places.county, province: places.province })
    }

    pub(super) fn city(&self, slug: &str) -> Result<&City, String> {
        self.cities.iter().find(|city| city.slug == slug).ok_or(format!("there is no city {slug}"))
    }

    pub(super) fn county(&self, slug: &str) -> Result<&County, String> {
        self.counties.iter().find(|county| county.slug == slug).ok_or(format!("there is no county {slug}"))
    }
}

impl City {
    /// A figure of a year.
    pub(super) fn figure(&self, key: &str, year: i64) -> Result<f64, String> {
        figure(&self.figures, key, year).map_err(|problem| format!("{}: {problem}", self.slug))
    }
}

/// A figure of a year.
pub(super) fn figure(figures: &Figures, key: &str, year: i64) -> Result<f64, String> {
    let at = usize::try_from(year - FIRST).map_err(|_| format!("there is no year {year}"))?;
    let series = figures.get(key).ok_or(format!("there is no figure {key}"))?;
    series.get(at).copied().ok_or(format!("there is no year {year}"))
}
