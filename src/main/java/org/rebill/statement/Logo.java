package org.rebill.statement;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A firm's mark as it may be printed. The bytes come from the firm, and an SVG is a document that could ask the server
 * to fetch addresses, run scripts or draw without end: only plain drawings pass, others are left out of the paper.
 *
 * @param bytes SVG or PNG
 * @param wide a word mark, which stands above the firm's name instead of beside it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record Logo(byte[] bytes, boolean wide) {
    private static final int MOST_BYTES = 1_000_000;
    private static final int MOST_PIXELS_A_SIDE = 2_000;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int PNG_WIDTH_AT = 16;
    private static final int PNG_HEADER = 24;
    private static final BigDecimal WIDE = new BigDecimal("1.6");
    private static final Set<String> DRAWING = Set.of(
            "svg",
            "g",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
            "title",
            "desc",
            "defs",
            "linearGradient",
            "radialGradient",
            "stop",
            "clipPath",
            "text",
            "tspan");
    /** An address outside of the drawing, or an escape that could hide one. */
    private static final Pattern FOREIGN =
            Pattern.compile("url\\(\\s*+['\"]?+\\s*+(?!#)|\\\\", Pattern.CASE_INSENSITIVE);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}(?:\\.\\d{1,6})?");

    /** Empty where there is no logo, or none that may be printed. */
    static Optional<Logo> of(String base64) {
        if (base64 == null || base64.isBlank() || base64.length() > MOST_BYTES / 3 * 4) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return startsWith(bytes, PNG) ? png(bytes) : svg(bytes);
        } catch (IllegalArgumentException | XMLStreamException e) {
            return Optional.empty();
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static Optional<Logo> png(byte[] bytes) {
        if (bytes.length < PNG_HEADER) {
            return Optional.empty();
        }
        int width = ByteBuffer.wrap(bytes).getInt(PNG_WIDTH_AT);
        int height = ByteBuffer.wrap(bytes).getInt(PNG_WIDTH_AT + Integer.BYTES);
        boolean small = width > 0 && height > 0 && width <= MOST_PIXELS_A_SIDE && height <= MOST_PIXELS_A_SIDE;
        return small
                ? Optional.of(new Logo(bytes, wide(BigDecimal.valueOf(width), BigDecimal.valueOf(height))))
                : Optional.empty();
    }

    private static Optional<Logo> svg(byte[] bytes) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
        Boolean wide = null;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
                return Optional.empty();
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (!plain(reader)) {
                    return Optional.empty();
                }
                wide = wide == null ? wide(reader) : wide;
            }
        }
        return Optional.ofNullable(wide).map(isWide -> new Logo(bytes, isWide));
    }

    private static boolean plain(XMLStreamReader element) {
        if (!DRAWING.contains(element.getLocalName())) {
            return false;
        }
        for (int i = 0; i < element.getAttributeCount(); i++) {
            String name = element.getAttributeLocalName(i);
            String value = element.getAttributeValue(i);
            boolean away = name.equals("base") || (name.equals("href") && !value.startsWith("#"));
            if (away || name.startsWith("on") || FOREIGN.matcher(value).find()) {
                return false;
            }
        }
        return true;
    }

    private static Boolean wide(XMLStreamReader root) {
        String box = root.getAttributeValue(null, "viewBox");
        String sizes = box == null
                ? root.getAttributeValue(null, "width") + " " + root.getAttributeValue(null, "height")
                : box.strip().replaceFirst("^\\S+[\\s,]+\\S+[\\s,]+", "");
        Matcher numbers = NUMBER.matcher(sizes);
        BigDecimal width = numbers.find() ? new BigDecimal(numbers.group()) : BigDecimal.ONE;
        BigDecimal height = numbers.find() ? new BigDecimal(numbers.group()) : BigDecimal.ONE;
        return wide(width, height);
    }

    private static boolean wide(BigDecimal width, BigDecimal height) {
        return width.compareTo(height.multiply(WIDE)) > 0;
    }
}
