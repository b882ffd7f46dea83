"""Tables out of answers, by Spark: what is one id is one row.

    two documents mention organization:iom, once as OIM  ->  entities: organization:iom, 2 documents, 3 mentions, aliases [OIM]

A document that came twice counts once. Which name an entity bears, and which statement speaks for a relation, follows from what there is and not from the
order in which it came: reference.py says the same in plain Python. Must not know files.
"""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .answers import QUALIFIERS, TABLES


def once(answers: DataFrame) -> DataFrame:
    """Each document once. Only ids are compared; of equal rows any one stays."""
    seen = answers.groupBy("id").agg(F.min("row").alias("kept"), F.count("*").alias("times"))
    again = seen.where("times > 1").select("id", "kept")
    joined = answers.join(again, "id", "left")
    return joined.where(F.col("kept").isNull() | (F.col("row") == F.col("kept"))).drop("kept")


def tables(answers: DataFrame) -> dict[str, DataFrame]:
    """All tables, in no order."""
    read = answers.where("reject is null")
    entities = read.select("id", F.explode("entities").alias("e")).select(F.col("id").alias("document"), "e.*")
    statements = read.select("id", "source", F.explode("statements").alias("s"))
    statements = statements.select(F.col("id").alias("document"), "source", F.col("s.id").alias("relation"), "s.*").drop("id")
    found = {
        "documents": read.select(TABLES["documents"][1].names),
        "entities": _entities(entities),
        "mentions": entities.select(F.col("id").alias("entity"), "document", F.explode("mentions").alias("m")).select(
            "entity", "document", "m.*"
        ),
        "relations": _relations(statements),
        "evidence": statements.select("*", F.explode("evidence").alias("at")).select("*", "at.*"),
        "rejects": answers.where("reject is not null").select("id", "source", F.col("reject").alias("reason")),
    }
    return {name: found[name].select(schema.names) for name, (_, schema) in TABLES.items()}


def _entities(entities: DataFrame) -> DataFrame:
    # The name that most documents have; of several the first in the order of code points.
    by_name = entities.groupBy("id", "name").agg(
        F.count("*").alias("documents"),
        F.sum(F.size("mentions")).alias("mentions"),
        F.min("kind").alias("kind"),
        F.min("external_ids").alias("external_ids"),
    )
    one = by_name.groupBy("id").agg(
        F.min(F.struct((-F.col("documents")).alias("rare"), "name")).getField("name").alias("name"),
        F.min("kind").alias("kind"),
        F.min("external_ids").alias("external_ids"),
        F.sum("documents").alias("documents"),
        F.sum("mentions").alias("mentions"),
    )
    forms = entities.select("id", F.explode(F.array_union(F.array("name"), "aliases")).alias("form"))
    forms = forms.groupBy("id").agg(F.collect_set("form").alias("forms"))
    aliases = F.sort_array(F.array_except("forms", F.array("name")))
    return one.join(forms, "id").select("*", aliases.alias("aliases"))


def _relations(statements: DataFrame) -> DataFrame:
    # The strongest statement speaks; what it leaves open the next strongest says.
    rank = [(-F.col("confidence")).alias("weak"), F.col("modality"), F.col("document")]

    def strongest(column: str, *more: str):
        row = F.struct(*rank, F.col(column).alias("value"), *more)
        return F.min(F.when(F.col(column).isNotNull(), row))

    grouped = statements.groupBy("relation").agg(
        *(F.min(key).alias(key) for key in ("kind", "subject", "object")),
        F.max("confidence").alias("confidence"),
        *(strongest(key).getField("value").alias(key) for key in ("date", "role")),
        strongest("amount", "currency").alias("money"),
        F.min(F.struct(*rank, "source", "quote")).alias("best"),
        F.count("*").alias("documents"),
        F.sum(F.size("evidence")).alias("evidence"),
    )
    best = {key: F.col(f"best.{key}") for key in ("modality", "document", "source", "quote")}
    money = {"amount": F.col("money.value"), "currency": F.col("money.currency")}
    return grouped.withColumnRenamed("relation", "id").withColumns(best | money)


assert {key for key, _ in QUALIFIERS} == {"modality", "date", "role", "amount", "currency"}
