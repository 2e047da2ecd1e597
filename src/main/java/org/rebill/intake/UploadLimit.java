package org.rebill.intake;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Turns an upload away that says it is too large, before any of it is read, and has the page say so. */
@WebFilter(urlPatterns = {"/app/sources.xhtml", UploadLimit.TEACH})
public class UploadLimit extends HttpFilter {
    private static final long serialVersionUID = 1L;
    /** Parameter that tells the page why. */
    static final String REFUSED = "refused";
    /** Where a sample will do. */
    static final String TEACH = "/app/teach.xhtml";

    private static final long MOST_OF_A_SAMPLE = 16L << 20;
    /** What a form adds to the file. */
    private static final long FORM_BYTES = 1 << 20;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long most = request.getServletPath().equals(TEACH) ? MOST_OF_A_SAMPLE : Spool.MAX_BYTES;
        if (request.getContentLengthLong() > most + FORM_BYTES) {
            response.setHeader("Connection", "close");
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", request.getRequestURI() + "?" + REFUSED + "=size");
            return;
        }
        chain.doFilter(request, response);
    }
}
