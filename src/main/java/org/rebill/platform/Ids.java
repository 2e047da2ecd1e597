package org.rebill.platform;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Keys that we make: UUID version 7, so that new rows lie together in the index. */
public final class Ids {
    private static final TimeBasedEpochGenerator VERSION_7 = Generators.timeBasedEpochGenerator();

    private Ids() {}

    /** A new key. */
    public static UUID next() {
        return VERSION_7.generate();
    }
}
