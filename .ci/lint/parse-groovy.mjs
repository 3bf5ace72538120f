// Parses files with a grammar of Groovy. Prints a line for each place that does not fit.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Language, Parser } from "web-tree-sitter";

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(fileURLToPath(new URL("node_modules/tree-sitter-groovy/tree-sitter-groovy.wasm", import.meta.url))));

function* findErrors(node) {
  if (node.isError || node.isMissing) {
    yield `${node.startPosition.row + 1}:${node.startPosition.column + 1}: This is not Groovy.`;
  } else if (node.hasError) {
    for (const child of node.children) yield* findErrors(child);
  }
}

for (const file of process.argv.slice(2)) {
  const errors = [...findErrors(parser.parse(readFileSync(file, "utf8")).rootNode)];
  if (!errors.length) console.log(`${file} is Groovy.`);
  for (const error of errors) console.error(`${file}:${error}`);
  if (errors.length) process.exitCode = 1;
}
