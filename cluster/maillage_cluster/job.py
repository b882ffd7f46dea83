"""The Spark job: documents in, Parquet out.

    python -m maillage_cluster.job --master spark://host:7077 --program maillage --input press.jsonl --output out

First the documents are extracted, each partition by a process of the program, and the answers written; then they are grouped. The two are apart so that
nothing is extracted twice when a later step fails, and an output whose answers are whole is gone on with (--resume).
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from pyspark import SparkFiles, TaskContext
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from .answers import ANSWER, TABLES, batch_of, edge_line, node_line, row_of
from .inputs import KEYS, LINES_OF
from .pipe import Pipe
from .tables import once, tables

# Rows of a batch between Spark and Python, each way.
BATCH = 128


def arguments(given=None):
    parser = argparse.ArgumentParser(prog="maillage_cluster.job", description=__doc__.split("\n")[0])
    parser.add_argument("--input", action="append", required=True, metavar="PATH", help="what to read; may be repeated")
    parser.add_argument("--format", choices=sorted(LINES_OF), default="jsonl", help="what the input is [jsonl]")
    parser.add_argument("--output", required=True, metavar="FOLDER", help="where the tables go; must not be there yet")
    parser.add_argument("--program", default="maillage", help="the program; the file is sent to all workers [maillage]")
    parser.add_argument("--program-is-there", action="store_true", help="the program lies there on all workers: send nothing")
    parser.add_argument("--jsonl", action="store_true", help="write also nodes and edges for `maillage import`")
    parser.add_argument("--resume", action="store_true", help="go on with an output of which the answers are whole")
    parser.add_argument("--keep-answers", action="store_true", help="leave what the program answered in the output")
    parser.add_argument("--master", help="Spark's master; what spark-submit says when absent")
    parser.add_argument("--split-mib", type=int, default=16, help="how much of JSON Lines or Parquet is one task [16]")
    parser.add_argument("--repartition", type=int, help="deal the documents out anew, for packed or uneven files")
    parser.add_argument("--shuffle-partitions", type=int, default=200, help="parts of the grouping [200]")
    parser.add_argument("--longest-line-mib", type=int, default=1, help="longer documents are refused [1]")
    parser.add_argument("--timeout", type=float, default=300, help="seconds a document may take [300]")
    parser.add_argument("--attempts", type=int, default=3, help="how often a document may kill the program before it is refused [3]")
    parser.add_argument("--conf", action="append", default=[], metavar="KEY=VALUE", help="a setting of Spark; may be repeated")
    return parser.parse_args(given)


def session(args) -> SparkSession:
    builder = SparkSession.builder.appName("maillage")
    if args.master:
        builder = builder.master(args.master)
    settings = {
        # Only a task that has ended well leaves files: the first algorithm moves them when the whole job is done.
        "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "1",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
        "spark.sql.files.maxPartitionBytes": str(args.split_mib << 20),
        "spark.sql.shuffle.partitions": str(args.shuffle_partitions),
        "spark.sql.parquet.compression.codec": "zstd",
        "spark.sql.session.timeZone": "UTC",
    }
    settings |= dict(setting.split("=", 1) for setting in args.conf)
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def send_package(spark: SparkSession) -> None:
    """Workers need this package, as a file beside the job."""
    path = Path(tempfile.mkdtemp()) / "maillage_cluster.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for file in Path(__file__).parent.glob("*.py"):
            packed.write(file, f"maillage_cluster/{file.name}")
    spark.sparkContext.addPyFile(str(path))


def lines(spark: SparkSession, args) -> DataFrame:
    """What each partition reads its lines from."""
    if args.format == "jsonl":
        # As bytes: what is not UTF-8 is refused by the program, not mended here. A line ends where JSON Lines say so.
        found = spark.read.option("lineSep", "\n").text(args.input).select(F.col("value").cast("binary"))
    elif args.format == "parquet":
        found = spark.read.parquet(*args.input)
        missing = {"id", "text"} - set(found.columns)
        if missing:
            sys.exit(f"error: the input has no column {', '.join(sorted(missing))}; its columns are {', '.join(found.columns)}")
        found = found.select([key for key in KEYS if key in found.columns])
    else:
        found = spark.createDataFrame([(path,) for path in args.input], "path string").repartition(len(args.input))
    return found.repartition(args.repartition) if args.repartition and args.format != "wet" else found


def extract(spark: SparkSession, args) -> DataFrame:
    """A row for each document, each partition by a process of its own."""
    name = os.path.basename(args.program)
    if not args.program_is_there:
        program = shutil.which(args.program) or args.program
        if not os.path.isfile(program):
            sys.exit(f"error: {args.program} is no file; say where the program is with --program")
        spark.sparkContext.addFile(program)
    there, program_path = args.program_is_there, args.program
    options = ["extract", "--pipe", "--quiet", "--threads", "1", "--longest-line", str(args.longest_line_mib)]
    lines_of, timeout, attempts = LINES_OF[args.format], args.timeout, args.attempts

    def answer(batches):
        program = program_path if there else SparkFiles.get(name)
        pipe = Pipe([program, *options], timeout_seconds=timeout, attempts=attempts)
        number, rows = TaskContext.get().partitionId() << 40, []
        for line in pipe.answers(lines_of(batches)):
            rows.append(row_of(line, number))
            number += 1
            if len(rows) == BATCH:
                yield batch_of(rows)
                rows = []
        if rows:
            yield batch_of(rows)

    return lines(spark, args).mapInArrow(answer, from_arrow_schema(ANSWER))


def write_lines(table: DataFrame, line_of, path: str) -> None:
    """A table as JSON Lines, in parts; one file beside them when the output is a folder of this machine."""

    def write(batches):
        import pyarrow as pa

        for batch in batches:
            yield pa.RecordBatch.from_pydict({"value": [line_of(row) for row in batch.to_pylist()]})

    table.mapInArrow(write, "value string").write.text(path + ".parts")
    if os.path.isdir(path + ".parts"):
        with open(path, "wb") as out:
            for part in sorted(Path(path + ".parts").glob("part-*")):
                with open(part, "rb") as read:
                    shutil.copyfileobj(read, out)
        shutil.rmtree(path + ".parts")


def exists(spark: SparkSession, path: str) -> bool:
    jvm = spark.sparkContext._jvm
    place = jvm.org.apache.hadoop.fs.Path(path)
    return place.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()).exists(place)


def run(args) -> dict:
    started = time.time()
    spark = session(args)
    spark.sparkContext.setLogLevel("WARN")
    send_package(spark)
    answers_path, seconds = f"{args.output}/answers", {}
    whole = exists(spark, f"{answers_path}/_SUCCESS")
    if exists(spark, args.output) and not (args.resume and whole):
        sys.exit(f"error: {args.output} is there already; name another folder" + ("" if whole else " or remove it, its answers are not whole"))

    def timed(name, act):
        begun = time.time()
        act()
        seconds[name] = round(time.time() - begun, 2)

    if not whole:
        spark.sparkContext.setJobGroup("extract", "extract")
        timed("extract", lambda: extract(spark, args).write.parquet(answers_path))
    spark.sparkContext.setJobGroup("group", "group")
    answers = once(spark.read.schema(from_arrow_schema(ANSWER)).parquet(answers_path))
    counts = {}
    for name, table in tables(answers).items():
        path = f"{args.output}/{name}"
        timed(name, lambda: table.orderBy(TABLES[name][0]).write.mode("overwrite").parquet(path))
        counts[name] = spark.read.parquet(path).count()
    if args.jsonl:
        for name, table, line_of in (("nodes", "entities", node_line), ("edges", "relations", edge_line)):
            ordered = spark.read.parquet(f"{args.output}/{table}").orderBy("id")
            timed(name, lambda: write_lines(ordered, line_of, f"{args.output}/{name}.jsonl"))
    if not args.keep_answers:
        jvm = spark.sparkContext._jvm
        place = jvm.org.apache.hadoop.fs.Path(answers_path)
        place.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()).delete(place, True)
    return {"rows": counts, "seconds": seconds, "all_seconds": round(time.time() - started, 2)}


def main() -> None:
    print(json.dumps(run(arguments())), flush=True)


if __name__ == "__main__":
    main()
