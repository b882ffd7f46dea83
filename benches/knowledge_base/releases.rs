//! Press releases that nobody wrote: of the size and density of real ones, the same for the same number on every machine.
//!
//! `release(7)` → a headline, a dateline and about twenty sentences in which bodies fund, hold, publish and meet
//!
//! A few bodies and countries stand in most of them, as in life; most people, projects and towns stand in one or two.

/// A small generator of numbers (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>, public domain).
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    /// Small numbers come up often, large ones seldom.
    fn skewed(&mut self, count: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((unit * unit * unit * count as f64) as usize).min(count - 1)
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

const BODIES: [&str; 24] = [
    "l’Organisation internationale pour les migrations (OIM)",
    "l’Union européenne",
    "l’UNICEF",
    "le HCR",
    "la Banque mondiale",
    "la Croix-Rouge",
    "le Programme alimentaire mondial",
    "la Commission européenne",
    "la CEDEAO",
    "l’Union africaine",
    "le PNUD",
    "l’OMS",
    "Médecins sans frontières",
    "la FAO",
    "l’UNESCO",
    "Caritas",
    "l’Agence française de développement",
    "le Conseil norvégien pour les réfugiés",
    "la GIZ",
    "Interpol",
    "l’ONUDC",
    "Handicap International",
    "Oxfam",
    "Save the Children",
];

const COUNTRIES: [(&str, &str); 20] = [
    ("au Niger", "Niamey"),
    ("au Sénégal", "Dakar"),
    ("au Mali", "Bamako"),
    ("au Tchad", "N’Djamena"),
    ("en Haïti", "Port-au-Prince"),
    ("en Colombie", "Bogota"),
    ("en Côte d’Ivoire", "Abidjan"),
    ("au Burkina Faso", "Ouagadougou"),
    ("en Mauritanie", "Nouakchott"),
    ("au Cameroun", "Yaoundé"),
    ("au Maroc", "Rabat"),
    ("en Tunisie", "Tunis"),
    ("en Guinée", "Conakry"),
    ("au Togo", "Lomé"),
    ("au Bénin", "Cotonou"),
    ("en Éthiopie", "Addis-Abeba"),
    ("au Kenya", "Nairobi"),
    ("au Liban", "Beyrouth"),
    ("en Jordanie", "Amman"),
    ("au Costa Rica", "San José"),
];

const FIRST: [&str; 16] = [
    "Awa", "Jean", "Fatou", "Pierre", "Mariam", "Carlos", "Amina", "Paul", "Sophie", "Ibrahim", "Marie", "Ousmane",
    "Claire", "Ahmed", "Lucie", "Moussa",
];

const SYLLABLES: [&str; 30] = [
    "ba", "do", "ka", "lé", "mo", "ra", "so", "ti", "vou", "zan", "dia", "gué", "mbi", "ndo", "pé", "rou", "sa", "ta",
    "wé", "yé", "bou", "fo", "kou", "la", "mé", "né", "oua", "si", "tou", "za",
];

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

const THEMES: [&str; 12] = [
    "de lutte contre la traite des êtres humains",
    "d’aide au retour volontaire",
    "de protection des enfants migrants",
    "d’accès à l’eau",
    "de formation professionnelle",
    "de gestion des frontières",
    "de santé communautaire",
    "d’appui aux coopératives de femmes",
    "de reconstruction des écoles",
    "de sécurité alimentaire",
    "de réinsertion des jeunes",
    "de prévention des catastrophes",
];

const FILLERS: [&str; 10] = [
    "Les familles attendaient cette réponse depuis plusieurs mois, et beaucoup avaient perdu l’espoir de retrouver leurs biens.",
    "La saison des pluies a compliqué l’acheminement du matériel, mais les équipes ont pu atteindre les villages les plus isolés.",
    "Selon les premières estimations, plusieurs milliers de personnes ont quitté leur foyer au cours des dernières semaines.",
    "Des distributions d’eau, de couvertures et de nourriture ont lieu chaque matin devant le centre d’accueil.",
    "« Nous ne pouvions plus rester, il n’y avait plus rien à manger », raconte une mère de trois enfants.",
    "Les besoins restent importants et les moyens disponibles ne suffisent pas à couvrir l’ensemble de la population touchée.",
    "Une évaluation complète sera menée dans les prochaines semaines afin de préparer la suite des activités.",
    "Les habitants ont eux-mêmes choisi les activités qui seront menées dans leur quartier.",
    "Cette étape fait suite à de longues discussions avec les autorités locales et les représentants des communautés.",
    "Les jeunes du quartier ont participé à la rénovation des salles et à l’aménagement de la cour.",
];

fn word(numbers: &mut Numbers, syllables: usize) -> String {
    let text: String = (0..syllables).map(|_| SYLLABLES[numbers.below(SYLLABLES.len())]).collect();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A made-up proper name: the same for the same number.
fn name(number: usize, syllables: usize) -> String {
    word(&mut Numbers::new(number as u64 * 7919 + syllables as u64), syllables)
}

fn person(numbers: &mut Numbers) -> String {
    let number = numbers.below(40_000);
    format!("{} {}", FIRST[number % FIRST.len()], name(number, 3))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The release of a number: its text.
pub(crate) fn release(number: usize) -> String {
    let mut n = Numbers::new(number as u64);
    let (place, town) = COUNTRIES[n.skewed(COUNTRIES.len())];
    let body = |n: &mut Numbers| BODIES[n.skewed(BODIES.len())];
    let agency = |n: &mut Numbers| format!("l’Agence {}", name(n.below(8_000), 3));
    let theme = n.pick(&THEMES);
    let project = format!("projet « {} {} »", name(n.below(30_000), 2), name(n.below(30_000), 3));
    let (day, month, year) = (n.below(27) + 1, n.pick(&MONTHS), 2008 + n.below(16));
    let mut text = format!("Un projet {theme} {place}\n\n{town}, {day} {month} {year} – ");
    let (first, second, third) = (body(&mut n), body(&mut n), agency(&mut n));
    let mut sentences = vec![
        format!(
            "{} a lancé {place} le {project}, financé par {second} à hauteur de {} millions d’euros.",
            capital(first),
            n.below(20) + 2
        ),
        format!("Le projet est mis en œuvre par {third} en partenariat avec {}.", body(&mut n)),
        format!(
            "{}, cheffe de mission de {first}, a participé à l’atelier de {}.",
            person(&mut n),
            name(n.below(9_000), 3)
        ),
    ];
    for _ in 0..5 {
        let sentence = match n.below(8) {
            0 => format!(
                "{} a organisé un atelier régional à {} avec l’appui de {}.",
                capital(body(&mut n)),
                name(n.below(9_000), 3),
                body(&mut n)
            ),
            1 => format!("{}, directeur de {}, a salué cette initiative.", person(&mut n), agency(&mut n)),
            2 => format!(
                "{} finance également un programme {} {}.",
                capital(body(&mut n)),
                n.pick(&THEMES),
                COUNTRIES[n.below(20)].0
            ),
            3 => format!("{} a publié un rapport sur la traite des êtres humains.", capital(&agency(&mut n))),
            4 => format!(
                "Des représentants de {}, de {} et de {} ont pris part à la réunion de {}.",
                body(&mut n),
                body(&mut n),
                agency(&mut n),
                COUNTRIES[n.below(20)].1
            ),
            5 => format!(
                "{} et {} ont signé un accord de coopération à {}.",
                capital(body(&mut n)),
                agency(&mut n),
                COUNTRIES[n.below(20)].1
            ),
            6 => format!(
                "Le ministère de la Santé a soutenu la campagne menée {} par {}.",
                COUNTRIES[n.below(20)].0,
                body(&mut n)
            ),
            _ => format!(
                "{} travaille avec {} dans la région de {}.",
                capital(body(&mut n)),
                agency(&mut n),
                name(n.below(9_000), 3)
            ),
        };
        sentences.push(sentence);
    }
    for at in 0..20 {
        let filler = FILLERS[n.below(FILLERS.len())].to_owned();
        sentences.insert((at * 2 + 1).min(sentences.len()), filler);
    }
    for (at, sentence) in sentences.iter().enumerate() {
        text.push_str(sentence);
        text.push_str(if at % 4 == 3 { "\n\n" } else { " " });
    }
    text.push_str(&format!(
        "\n\nPour plus d’informations, contactez {}, {first} à {town}, tél. {}.",
        person(&mut n),
        100_000 + n.below(900_000)
    ));
    text
}
