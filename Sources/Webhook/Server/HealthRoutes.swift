import NIOHTTP1
import RegoRuntime
import Synchronization

/// Whether the server should get requests.
package final class Readiness: Sendable {
    private let stopping = Atomic<Bool>(false)

    package init() {}

    /// Whether the server is about to end.
    package var isStopping: Bool { stopping.load(ordering: .relaxed) }
    package func beginStopping() { stopping.store(true, ordering: .relaxed) }
}

/// `/healthz`, `/livez`, `/readyz`, `/health` and `/metrics`.
package struct HealthRoutes: Sendable {
    let holder: PolicyHolder
    let readiness: Readiness
    let metrics: ServeMetrics
    let certificates: CertificateStore?

    package init(
        holder: PolicyHolder, readiness: Readiness, metrics: ServeMetrics, certificates: CertificateStore? = nil
    ) {
        self.holder = holder
        self.readiness = readiness
        self.metrics = metrics
        self.certificates = certificates
    }

    package var routes: [Route] {
        let live: @Sendable (ServerRequest) -> ServerResponse = { _ in ServerResponse(.ok, text: "ok\n") }
        var routes = ["/healthz", "/livez"].map { Route([.GET], $0, needsClient: false, .immediate(live)) }
        routes.append(Route([.GET], "/readyz", needsClient: false, .immediate { request in ready(request) }))
        // OPA's: an empty object, and 500 when it is not well.
        routes.append(
            Route(
                [.GET], "/health", needsClient: false,
                .immediate { _ in
                    isReady
                        ? ServerResponse(.ok, body: Array("{}".utf8))
                        : .error(.internalServerError, "the policies are not loaded")
                }))
        routes.append(
            Route(
                [.GET], "/metrics", needsClient: false,
                .immediate { _ in
                    var response = ServerResponse(.ok, text: metrics.registry.text())
                    response.contentType = "text/plain; version=0.0.4; charset=utf-8"
                    response.mayCompress = true
                    return response
                }))
        return routes
    }

    private var isReady: Bool { holder.current != nil && !readiness.isStopping }

    /// One line for each check when asked for, as the API server writes them.
    private func ready(_ request: ServerRequest) -> ServerResponse {
        let isReady = isReady
        let code: HTTPResponseStatus = isReady ? .ok : .serviceUnavailable
        guard request.hasFlag("verbose") else { return ServerResponse(code, text: isReady ? "ok\n" : "not ready\n") }
        let status = holder.status
        var lines = [
            readiness.isStopping ? "[-]shutdown failed: the server is stopping" : "[+]shutdown ok"
        ]
        if let active = holder.current {
            lines.append(
                "[+]policies ok: \(active.admission.count()) policies, revision \(status.revision), "
                    + "active since \(WallClock.text(status.activated))")
        } else {
            lines.append("[-]policies failed: not loaded")
        }
        for (name, revision) in (holder.current?.bundles ?? [:]).sorted(by: { $0.key < $1.key }) {
            lines.append("[+]bundle \(name) ok: revision \(revision)")
        }
        let latency = status.latency / 1_000_000
        lines.append("[+]reloads: \(status.successes) done, \(status.failures) failed, the last took \(latency) ms")
        if let problem = status.problem { lines.append("[!]reload failed, the last good policies are served: \(problem)") }
        if let expiry = certificates?.expiry {
            lines.append("[+]certificate ok: until \(WallClock.text(expiry * 1_000_000_000))")
        }
        lines.append(isReady ? "readyz check passed" : "readyz check failed")
        return ServerResponse(code, text: lines.joined(separator: "\n") + "\n")
    }
}
