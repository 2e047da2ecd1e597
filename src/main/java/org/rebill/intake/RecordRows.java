package org.rebill.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.rebill.call.IncomingLeg;
import org.rebill.call.LegsTaken;
import org.rebill.platform.Copy;
import org.rebill.platform.Sql;

/** Writes what became of the records that are no part of a call, as set work in the running transaction. */
final class RecordRows {
    private static final String COLUMNS =
            "record_no, line_no, byte_offset, byte_length, outcome, reason, detail, " + "first_file_id, first_line_no";

    private RecordRows() {}

    static void write(
            Connection connection,
            UUID firm,
            UUID fileId,
            List<RecordBatch.Other> others,
            List<LegsTaken.Duplicate> duplicates)
            throws SQLException {
        Sql sql = Sql.on(connection);
        sql.run("create temp table if not exists intake_record_stage (record_no bigint, line_no bigint, "
                + "byte_offset bigint, byte_length bigint, outcome text, reason text, detail text, "
                + "first_file_id uuid, first_line_no bigint) on commit delete rows");
        sql.run("delete from intake_record_stage");
        try (Copy copy = Copy.into(connection, "intake_record_stage", COLUMNS)) {
            for (RecordBatch.Other other : others) {
                copy.row()
                        .big(other.recordNo())
                        .big(other.record().lineNo())
                        .big(other.record().byteOffset())
                        .big(other.record().byteLength())
                        .text(other.outcome().name())
                        .text(other.reason())
                        .text(other.detail())
                        .uuid(null)
                        .big(null);
            }
            for (LegsTaken.Duplicate duplicate : duplicates) {
                IncomingLeg leg = duplicate.leg();
                copy.row()
                        .big(leg.recordNo())
                        .big(leg.lineNo())
                        .big(leg.byteOffset())
                        .big((long) leg.byteLength())
                        .text(IntakeRecord.Outcome.DUPLICATE.name())
                        .text(duplicate.changed() ? IntakeRecord.CHANGED : IntakeRecord.SAME)
                        .text(
                                duplicate.changed()
                                        ? "This record came before with other content. The first one counts."
                                        : "This record came before.")
                        .uuid(duplicate.firstFileId())
                        .big(duplicate.firstLineNo());
            }
        }
        sql.update(
                "insert into intake_record (firm_id, file_id, " + COLUMNS + ") select ?, ?, " + COLUMNS
                        + " from intake_record_stage order by record_no on conflict do nothing",
                firm,
                fileId);
    }
}
