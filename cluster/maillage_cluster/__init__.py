"""Extraction on a cluster: documents in parallel through `maillage extract --pipe`, grouped by stable ids.

job.py is the Spark job, reference.py does the same in one process without Spark, checksum.py compares what they write.
"""
