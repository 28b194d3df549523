import AsyncHTTPClient
package import Catalogue
import CoreMetrics
package import Diagnostics
import Inputs
package import Logging
import NIOPosix
import Rego
import RegoRuntime
package import ServiceLifecycle

/// Keeps one bundle up to date with its server. A bundle takes its place on disk only when all policies compile with it, and
/// is taken up from there as policies in files are, when they are seen to have changed. A broken one changes nothing.
package final class BundleUpdater: Service {
    private let server: BundleServer
    private let store: BundleStore
    private let loader: BundleLoader
    private let holder: PolicyHolder
    private let metrics: BundleMetrics
    private let logger: Logger
    /// What is wrong with the policies when the archive at a path takes the place of the bundle that is in use.
    private let check: @Sendable (_ name: String, _ path: String) -> [Diagnostic]
    /// Loads all policies anew.
    private let reload: @Sendable () -> Void

    package init(
        _ server: BundleServer, store: BundleStore, loader: BundleLoader, holder: PolicyHolder, metrics: ServeMetrics,
        logger: Logger,
        check: @escaping @Sendable (_ name: String, _ path: String) -> [Diagnostic], reload: @escaping @Sendable () -> Void
    ) {
        self.server = server
        self.store = store
        self.loader = loader
        self.holder = holder
        self.metrics = BundleMetrics(server.name, metrics.registry)
        self.logger = logger
        self.check = check
        self.reload = reload
    }

    private struct State {
        var tag: String?
        var failures = 0
        /// Whether the last download was refused, so that the status says so.
        var hasProblem = false
        var waits: Bool
    }

    package func run() async throws {
        let client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        await cancelWhenGracefulShutdown { [self] in
            var state = State(tag: store.tag(of: server.name, url: server.url), waits: server.longPolling > .zero)
            while !Task.isCancelled {
                let delay = await update(&state, client)
                try? await Task.sleep(for: delay)
            }
        }
        try? await client.shutdown()
    }

    /// Downloads the bundle for the first time, unless it is on disk; asks again until `patience` is over.
    /// - Returns: what went wrong last.
    package func begin(patience: Duration) async -> String? {
        if store.exists(server.name) { return nil }
        let client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        let end = ContinuousClock.now + patience
        var state = State(waits: false), problem: String?
        repeat {
            problem = await download(&state, client)
            if problem == nil { break }
            logger.warning("a bundle cannot be loaded", metadata: ["bundle": "\(server.name)", "problem": "\(problem ?? "")"])
            try? await Task.sleep(for: min(.seconds(2), end - ContinuousClock.now))
        } while ContinuousClock.now < end
        try? await client.shutdown()
        return problem
    }

    /// One round; how long to wait for the next.
    private func update(_ state: inout State, _ client: HTTPClient) async -> Duration {
        let start = ContinuousClock.now
        guard let problem = await download(&state, client) else {
            state.failures = 0
            let normal = server.shortestDelay + (server.longestDelay - server.shortestDelay) * Double.random(in: 0...1)
            // A server that waits by itself is asked again at once, but not more often than ten times a second.
            return state.waits ? max(.zero, .milliseconds(100) - (ContinuousClock.now - start)) : normal
        }
        if Task.isCancelled { return .zero }
        state.failures += 1
        state.hasProblem = true
        metrics.failures.increment()
        holder.reject("bundle \(server.name): \(problem)")
        let delay = min(.seconds(1) * Double(1 << min(state.failures - 1, 10)), server.longestDelay) * Double.random(in: 1...1.33)
        logger.error(
            "a bundle cannot be loaded; the last good one stays",
            metadata: ["bundle": "\(server.name)", "problem": "\(problem)", "retry_in": "\(delay)"])
        return delay
    }

    /// Asks the server and puts a new bundle in place; what went wrong.
    private func download(_ state: inout State, _ client: HTTPClient) async -> String? {
        let answer = await BundleDownload(client: client, server: server).run(tag: state.tag, waits: state.waits)
        metrics.lastRequest.record(Double(WallClock.now()) / 1e9)
        switch answer {
        case .failed(let problem): return problem
        case .unchanged(let isLongPolling):
            state.waits = server.longPolling > .zero && isLongPolling
            clear(&state)
            return nil
        case .archive(let bytes, let tag, let isLongPolling):
            state.waits = server.longPolling > .zero && isLongPolling
            // Only what is in use has a tag: a broken bundle is asked for again.
            state.tag = nil
            do throws(FileError) {
                if let problem = try place(bytes, tag) { return problem }
            } catch { return "cannot write \(error.path): \(error.reason)" }
            state.tag = tag
            clear(&state)
            return nil
        }
    }

    private func place(_ bytes: [UInt8], _ tag: String?) throws(FileError) -> String? {
        let name = server.name
        if store.archive(of: name) == bytes {
            try store.setTag(tag, of: name, url: server.url)
            return nil
        }
        let (bundle, problems) = loader.load(archive: bytes, name: name)
        guard let bundle else { return PolicyReloader.text(problems) }
        if bundle.patch != nil { return "the server sent a delta bundle, which is not supported: let it send snapshots" }
        try store.write(bytes, to: store.candidatePath(of: name))
        let found = check(name, store.candidatePath(of: name)).filter { $0.severity == .error }
        if !found.isEmpty { return PolicyReloader.text(found) }
        try store.setTag(nil, of: name, url: server.url)
        try store.write(bytes, to: store.path(of: name))
        try store.setTag(tag, of: name, url: server.url)
        metrics.successes.increment()
        metrics.lastSuccess.record(Double(WallClock.now()) / 1e9)
        logger.notice(
            "a bundle was downloaded",
            metadata: ["bundle": "\(name)", "revision": "\(bundle.manifest.revision)", "bytes": "\(bytes.count)"])
        return nil
    }

    /// The status goes back to good when the server has what is in use.
    private func clear(_ state: inout State) {
        if state.hasProblem { reload() }
        state.hasProblem = false
    }
}

/// How the downloads of one bundle go, by the names OPA's metrics have without the prefix.
private struct BundleMetrics: Sendable {
    let successes: Counter
    let failures: Counter
    let lastRequest: Gauge
    let lastSuccess: Gauge

    init(_ name: String, _ registry: any MetricsFactory) {
        let dimensions = [("bundle", name)]
        successes = Counter(label: "lintel_bundle_loaded_total", dimensions: dimensions, factory: registry)
        failures = Counter(label: "lintel_bundle_failed_load_total", dimensions: dimensions, factory: registry)
        lastRequest = Gauge(label: "lintel_bundle_last_request_timestamp_seconds", dimensions: dimensions, factory: registry)
        lastSuccess = Gauge(label: "lintel_bundle_last_success_timestamp_seconds", dimensions: dimensions, factory: registry)
    }
}
