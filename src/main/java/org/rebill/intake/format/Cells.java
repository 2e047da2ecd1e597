package org.rebill.intake.format;

import java.util.ArrayList;
import java.util.List;
import org.rebill.intake.format.RecordMapping.Named;
import org.rebill.intake.format.RecordMapping.Numbered;
import org.rebill.intake.format.RecordMapping.Place;
import org.rebill.intake.format.RecordMapping.Span;

/** The columns of one record, delimited or at fixed places, for a {@link RecordMapping}. */
interface Cells {
    /** A column's text, blanks around it stripped; empty when it is not there. */
    String text(Place place);

    /** What and where, for a reason: {@code Column 12 (answer) holds 'x'}. */
    String at(Place place, String meaning);

    /** All that the record says, save for some columns. */
    List<String> allBut(List<Place> left);

    /** How many columns, of a fixed layout characters, the record has. */
    int count();

    /** How many it must have, so that a column is there. */
    int needed(Place place);

    /** Of a delimited record. */
    record Delimited(ColumnNames names, List<String> values) implements Cells {
        private int index(Place place) {
            return place instanceof Named named ? names.find(named.name()) : ((Numbered) place).number() - 1;
        }

        @Override
        public String text(Place place) {
            int index = index(place);
            return index < 0 || index >= values.size() ? "" : values.get(index).strip();
        }

        @Override
        public String at(Place place, String meaning) {
            int index = index(place);
            String name = index >= 0 && index < names.count() ? names.names().get(index) : meaning;
            return "Column " + (index + 1) + " (" + name + ") holds " + RecordText.shown(text(place));
        }

        @Override
        public List<String> allBut(List<Place> left) {
            List<String> kept = new ArrayList<>(values);
            for (Place place : left) {
                int index = index(place);
                if (index >= 0 && index < kept.size()) {
                    kept.set(index, "");
                }
            }
            return kept;
        }

        @Override
        public int count() {
            return values.size();
        }

        @Override
        public int needed(Place place) {
            return index(place) + 1;
        }
    }

    /** Of a line whose columns stand at fixed places. */
    record Fixed(FixedLine line) implements Cells {
        @Override
        public String text(Place place) {
            Span span = (Span) place;
            return line.text(span.first() - 1, span.last());
        }

        @Override
        public String at(Place place, String meaning) {
            Span span = (Span) place;
            return line.says(meaning, span.first() - 1, Math.min(span.last(), Math.max(span.first(), line.length())));
        }

        @Override
        public List<String> allBut(List<Place> left) {
            StringBuilder kept = new StringBuilder(line.whole().stripTrailing());
            for (Place place : left) {
                Span span = (Span) place;
                for (int i = span.first() - 1; i < Math.min(span.last(), kept.length()); i++) {
                    kept.setCharAt(i, ' ');
                }
            }
            return List.of(kept.toString());
        }

        @Override
        public int count() {
            return line.whole().stripTrailing().length();
        }

        @Override
        public int needed(Place place) {
            return ((Span) place).first();
        }
    }
}
