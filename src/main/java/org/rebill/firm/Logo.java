package org.rebill.firm;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.rebill.platform.Refusal;

/**
 * A firm's mark as it may be printed and shown. The bytes come from the firm, and an SVG is a document that could ask
 * for addresses, run scripts or draw without end: only plain drawings are taken.
 *
 * @param bytes SVG, PNG or JPEG, at most 512 KiB
 * @param wide a word mark, which stands above the firm's name instead of beside it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
public record Logo(byte[] bytes, Kind kind, boolean wide) {
    /** Largest picture that is taken, in bytes. */
    public static final int MOST_BYTES = 512 * 1024;

    private static final int MOST_PIXELS_A_SIDE = 2_000;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final BigDecimal WIDE = new BigDecimal("1.6");
    private static final String FIELD = "logo";
    private static final String INSTEAD = "Save the logo as a plain SVG drawing, or as PNG.";
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

    /** What a logo is written in. */
    public enum Kind {
        SVG("image/svg+xml"),
        PNG("image/png"),
        JPEG("image/jpeg");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /** Media type. */
        public String type() {
            return type;
        }
    }

    /**
     * What a firm chose, looked at to the last byte.
     *
     * @throws Refusal.TooLarge over 512 KiB
     * @throws Refusal.WrongType for what is no SVG, PNG or JPEG
     * @throws Refusal.Invalid for a picture that is damaged or too large, or a drawing that reaches further than itself
     */
    public static Logo chosen(byte[] bytes) {
        Logo logo = read(bytes);
        if (logo.kind != Kind.SVG) {
            decode(logo);
        }
        return logo;
    }

    /** One that was chosen earlier; empty where there is none, or none that may be printed. */
    public static Optional<Logo> of(byte[] bytes) {
        try {
            return bytes == null ? Optional.empty() : Optional.of(read(bytes));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** As {@link #of(byte[])}, from Base64. */
    public static Optional<Logo> of(String base64) {
        try {
            return base64 == null || base64.isBlank()
                    ? Optional.empty()
                    : of(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As an address that holds the picture itself, for pages. */
    public String address() {
        return "data:" + kind.type() + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    private static Logo read(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new Refusal.TooLarge(
                    FIELD, "logo.large", "The picture is larger than 512 KB. Make it smaller, or save it as SVG.");
        }
        if (startsWith(bytes, PNG)) {
            return pixels(bytes, Kind.PNG);
        }
        if (startsWith(bytes, JPEG)) {
            return pixels(bytes, Kind.JPEG);
        }
        return svg(bytes);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** Works with the picture's reader; a fault of the reader is a fault of the picture. */
    private static <T> T with(byte[] bytes, Kind kind, Look<T> look) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind.name());
        ImageReader reader = readers.next();
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(input, true, true);
            return look.at(reader);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Refusal.Invalid(
                    FIELD,
                    "logo.broken",
                    "This " + kind + " picture can't be read: it is damaged, or of a rare kind. Open it in a drawing "
                            + "program and save it again.");
        } finally {
            reader.dispose();
        }
    }

    /** Asks something of a picture. */
    private interface Look<T> {
        T at(ImageReader reader) throws IOException;
    }

    private static Logo pixels(byte[] bytes, Kind kind) {
        int[] size = with(bytes, kind, reader -> new int[] {reader.getWidth(0), reader.getHeight(0)});
        if (size[0] > MOST_PIXELS_A_SIDE || size[1] > MOST_PIXELS_A_SIDE) {
            throw new Refusal.Invalid(
                    FIELD,
                    "logo.pixels",
                    "The picture is " + size[0] + " × " + size[1] + " pixels; at most 2000 a side are taken. Make it "
                            + "smaller.");
        }
        return new Logo(bytes, kind, wide(BigDecimal.valueOf(size[0]), BigDecimal.valueOf(size[1])));
    }

    private static void decode(Logo logo) {
        BufferedImage decoded = with(logo.bytes, logo.kind, reader -> reader.read(0));
        decoded.flush();
    }

    private static Logo svg(byte[] bytes) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        Boolean wide = null;
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
                    throw further(
                            reader,
                            event == XMLStreamConstants.DTD
                                    ? "a document type (<!DOCTYPE …>)"
                                    : "a processing instruction (<?…?>)");
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (wide == null && !reader.getLocalName().equals("svg")) {
                        throw noPicture();
                    }
                    refuseFurther(reader);
                    wide = wide == null ? wide(reader) : wide;
                }
            }
        } catch (XMLStreamException e) {
            if (wide == null) {
                throw noPicture();
            }
            throw new Refusal.Invalid(
                    FIELD,
                    "logo.broken",
                    "The SVG can't be read at line " + e.getLocation().getLineNumber() + ": it is damaged or cut off. "
                            + INSTEAD);
        }
        return new Logo(bytes, Kind.SVG, wide);
    }

    private static Refusal noPicture() {
        return new Refusal.WrongType(
                FIELD,
                "logo.kind",
                "This is no SVG, PNG or JPEG picture. Save the logo in one of these formats, and choose that file.");
    }

    private static Refusal further(XMLStreamReader at, String what) {
        return new Refusal.Invalid(
                FIELD,
                "logo.further",
                "The SVG has " + what + " at line " + at.getLocation().getLineNumber()
                        + ". A logo may only draw: no scripts, style sheets, pictures in it or addresses outside of it. "
                        + INSTEAD);
    }

    private static void refuseFurther(XMLStreamReader element) {
        if (!DRAWING.contains(element.getLocalName())) {
            throw further(element, "an element <" + shortened(element.getLocalName()) + ">");
        }
        for (int i = 0; i < element.getAttributeCount(); i++) {
            String name = element.getAttributeLocalName(i);
            String value = element.getAttributeValue(i);
            boolean away = name.equals("base") || (name.equals("href") && !value.startsWith("#"));
            boolean script = name.toLowerCase(Locale.ROOT).startsWith("on");
            if (away || script || FOREIGN.matcher(value).find()) {
                throw further(element, "an attribute " + shortened(name) + "=\"" + shortened(value) + "\"");
            }
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
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
