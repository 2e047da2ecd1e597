package org.rebill.export;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.rebill.platform.Json;

/** One object: title, notes, rows, totals. Numbers are exact; what is missing is left out. */
final class JsonFile implements Format.SheetFile {
    @Override
    public void write(Sheet sheet, Rows rows, OutputStream out) throws IOException {
        JsonGenerator json = Json.mapper().getFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("title", sheet.title());
        json.writeArrayFieldStart("notes");
        for (String note : sheet.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        if (sheet.currency() != null) {
            json.writeStringField("currency", sheet.currency());
        }
        json.writeArrayFieldStart("rows");
        Totals totals = new Totals(sheet);
        rows.each(row -> {
            totals.add(row);
            object(json, sheet, row);
        });
        json.writeEndArray();
        if (sheet.hasTotals()) {
            json.writeArrayFieldStart("totals");
            for (List<Object> line : totals.lines("Total")) {
                object(json, sheet, line);
            }
            json.writeEndArray();
        }
        json.writeNumberField("count", totals.rows());
        json.writeEndObject();
        json.close();
    }

    private static void object(JsonGenerator json, Sheet sheet, List<Object> row) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            if (value != null) {
                json.writeFieldName(sheet.columns().get(i).key());
                if (value instanceof BigDecimal decimal) {
                    json.writeNumber(decimal);
                } else if (value instanceof Number number) {
                    json.writeNumber(number.longValue());
                } else {
                    json.writeString(XmlFile.plain(value));
                }
            }
        }
        json.writeEndObject();
    }

    static String time(ZonedDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
}
