package org.emotion4j.web.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.emotion4j.web.JsonResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands before everything: refuses what comes without the token, from a foreign page or too often, before a byte of a body is
 * read, and tells browsers what answers may do. The page itself, which holds nothing of anybody, its OpenAPI document and the
 * health are open.
 */
final class AccessFilter extends OncePerRequestFilter {
    private static final Set<String> OPEN = Set.of(
            "/",
            "/index.html",
            "/favicon.ico",
            "/openapi.json",
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness");

    /** Of the page, and of reports, whose addresses are secrets themselves. */
    private static final List<String> OPEN_FOLDERS = List.of("/page/", "/report/");

    private static final String REPORT = "/report/";
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-popups";

    private final AccessToken token;
    private final OriginCheck origins;
    private final RateLimit rate;
    private final JsonMapper json;

    AccessFilter(AccessToken token, OriginCheck origins, RateLimit rate, JsonMapper json) {
        this.token = token;
        this.origins = origins;
        this.rate = rate;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        tellBrowsers(response, path);
        if (!origins.allows(request)) {
            JsonResponse.refuse(
                    response,
                    json,
                    HttpStatus.FORBIDDEN,
                    "pages of this origin may not call; see emotion4j.web.origins");
            return;
        }
        if (tellForeignPage(request, response)) {
            return;
        }
        if (isGuarded(path) && !BearerToken.of(request).map(token::is).orElse(false)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            JsonResponse.refuse(
                    response,
                    json,
                    HttpStatus.UNAUTHORIZED,
                    "send the service's token as \"Authorization: Bearer TOKEN\"");
            return;
        }
        if (isGuarded(path) && !rate.take()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(rate.secondsUntilNext()));
            JsonResponse.refuse(
                    response,
                    json,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too many requests; see emotion4j.web.requests-per-second");
            return;
        }
        chain.doFilter(request, response);
    }

    /** What nobody thought of is guarded. */
    private static boolean isGuarded(String path) {
        return !OPEN.contains(path) && OPEN_FOLDERS.stream().noneMatch(path::startsWith);
    }

    /** Lets a page of a named origin have the answer (CORS), and answers its browser's question before; true if that was it. */
    private boolean tellForeignPage(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (!origins.isNamed(origin)) {
            return false;
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (!request.getMethod().equals("OPTIONS")
                || request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) == null) {
            return false;
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE");
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type");
        response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600");
        response.setStatus(HttpStatus.NO_CONTENT.value());
        return true;
    }

    private static void tellBrowsers(HttpServletResponse response, String path) {
        response.setHeader("Content-Security-Policy", path.startsWith(REPORT) ? REPORT_POLICY : PAGE_POLICY);
        response.setHeader("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
