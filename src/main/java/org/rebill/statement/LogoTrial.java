package org.rebill.statement;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import net.sf.jasperreports.engine.DefaultJasperReportsContext;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JRRuntimeException;
import net.sf.jasperreports.renderers.SimpleDataRenderer;
import net.sf.jasperreports.renderers.WrappingSvgDataToGraphics2DRenderer;
import org.apache.batik.bridge.BridgeException;
import org.rebill.firm.Logo;
import org.rebill.firm.LogoChosen;
import org.rebill.platform.Refusal;

/** Draws a logo before a firm may have it: one that the printer can't draw would stop every statement. */
@Dependent
class LogoTrial {
    private static final int SIDE = 64;

    void draw(@Observes LogoChosen chosen) {
        if (chosen.logo().kind() == Logo.Kind.SVG) {
            draw(chosen.logo());
        }
    }

    static void draw(Logo logo) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = picture.createGraphics();
        try {
            new WrappingSvgDataToGraphics2DRenderer(SimpleDataRenderer.getInstance(logo.bytes()))
                    .render(DefaultJasperReportsContext.getInstance(), pen, new Rectangle(SIDE, SIDE));
        } catch (JRException | JRRuntimeException | BridgeException e) {
            throw new Refusal.Invalid(
                    "logo",
                    "logo.undrawable",
                    "The SVG can't be drawn: " + reason(e) + ". Save it again from a drawing program, or as PNG.");
        } finally {
            pen.dispose();
        }
    }

    /** The first line of the innermost cause, in which the drawing's fault is named. */
    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage())
                .lines()
                .map(line -> line.strip().replaceFirst("[:.]$", ""))
                .filter(line -> !line.isEmpty())
                .skip(cause instanceof BridgeException ? 1 : 0)
                .findFirst()
                .orElse("a value in it is wrong");
    }
}
