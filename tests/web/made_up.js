// Writes a made-up corpus as JSON Lines: node made_up.js DOCUMENTS > made-up.jsonl
// Each document states who funds and who carries out projects with names of their own; a number gives the same corpus everywhere.
const SYLLABLES = ['ba', 'ko', 'ri', 'ma', 'te', 'lu', 'sa', 'ni', 'do', 've', 'pa', 'mi', 'go', 're', 'ta', 'fo', 'li', 'zu', 'ne', 'ca'];
const BODIES = ['Fondation', 'Société', 'Fédération', 'Ligue', 'Confédération'];
const SUBJECTS = ['Santé', 'Eau', 'Enfance', 'École', 'Retour', 'Climat', 'Pêche', 'Formation', 'Protection', 'Semences'];
const WHERE = ['au Sénégal', 'au Mali', 'au Mexique', 'au Guatemala', 'au Honduras', 'au Panama', 'en Tanzanie', 'au Belize', 'au Niger', 'au Canada'];
const STATEMENTS = 4;

let seed = 7;
function roll(sides) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >> 8) % sides;
}

function name(number) {
  let [rest, letters] = [number, ''];
  for (let at = 0; at < 3; at += 1) {
    letters += SYLLABLES[rest % SYLLABLES.length];
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return letters[0].toUpperCase() + letters.slice(1);
}

const body = (number) => `${BODIES[number % BODIES.length]} ${name(number)}`;

const documents = Number(process.argv[2] ?? 400);
for (let document = 0; document < documents; document += 1) {
  const sentences = [];
  for (let statement = 0; statement < STATEMENTS; statement += 1) {
    const number = document * STATEMENTS + statement;
    const project = `« ${SUBJECTS[roll(SUBJECTS.length)]} ${name(4000 + number)} »`;
    const funder = body(number);
    const partner = body(roll(number + 1));
    sentences.push(`La ${funder} finance le projet ${project} ${WHERE[roll(WHERE.length)]}. La ${partner} met en œuvre le projet ${project}. La ${funder} est membre de la ${body(roll(number + 1))}.`);
  }
  console.log(JSON.stringify({ id: `made-up/${document}`, title: `Communiqué ${document}`, language: 'fr', text: sentences.join('\n') }));
}
