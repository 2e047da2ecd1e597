package org.rebill.intake.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads a JSON object. A name may come more than once in it, as FreeSWITCH's old {@code callflow} does. */
final class JsonTags {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonTags() {}

    /** @throws Unreadable when it is not JSON */
    static Tag read(String json) throws Unreadable {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            Tag root = Tag.of("");
            object(parser, root);
            return root;
        } catch (JsonProcessingException e) {
            throw Unreadable.because(
                    "json.broken",
                    "The record is not JSON: " + RecordText.shown(e.getOriginalMessage()) + " at character "
                            + e.getLocation().getCharOffset()
                            + ". Send it again if the phone system still has it.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void object(JsonParser parser, Tag into) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            value(parser, name, into);
        }
    }

    private static void value(JsonParser parser, String name, Tag into) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Tag inner = Tag.of(name);
                into.pieces().add(inner);
                object(parser, inner);
            }
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(parser, name, into);
                }
            }
            case VALUE_NULL -> into.pieces().add(Tag.value(name, ""));
            default -> into.pieces().add(Tag.value(name, parser.getText()));
        }
    }
}
