package org.rebill.intake;

/** What became of the records of one batch. */
record BatchCounts(
        long records, long legs, long duplicates, long ignored, long quarantined, long newCalls, long joinedCalls) {
    BatchCounts {
        if (records != legs + duplicates + ignored + quarantined) {
            throw new IllegalStateException("A record of the batch is not accounted for: " + records + " records, "
                    + legs + " legs, " + duplicates + " duplicates, " + ignored + " ignored, " + quarantined
                    + " quarantined");
        }
    }
}
