import CoreMetrics
import Logging
import RegoRuntime
import ServiceLifecycle
import Synchronization

/// Takes over changed certificate files and warns before a certificate ends.
final class CertificateWatcher: Service {
    private let store: CertificateStore
    private let metrics: ServeMetrics
    private let logger: Logger
    private let watcher = FileWatcher()
    /// What kept the files from being taken over at the last attempt, so that it is told once.
    private let problem = Mutex<String?>(nil)

    /// Warnings begin this many seconds before the end.
    private static let notice: Int64 = 7 * 24 * 3600

    init(_ store: CertificateStore, metrics: ServeMetrics, logger: Logger) {
        self.store = store
        self.metrics = metrics
        self.logger = logger
    }

    func run() async throws {
        metrics.certificateExpiry.record(Double(store.expiry))
        let paths = store.files.paths
        watcher.start(paths: { paths }, known: ContentFingerprint(of: [])) { [self] _ in reload() }
        defer { watcher.stop() }
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                warnBeforeEnd()
                try? await Task.sleep(for: .seconds(3600))
            }
        }
    }

    /// Whether the files were taken over; if not they are tried again, since they may be in the middle of a change.
    private func reload() -> Bool {
        do {
            try store.reload()
            problem.withLock { $0 = nil }
            metrics.certificateExpiry.record(Double(store.expiry))
            metrics.reloads("success", of: "certificate").increment()
            logger.info("certificate is loaded", metadata: ["until": "\(WallClock.text(store.expiry * 1_000_000_000))"])
            return true
        } catch {
            if problem.withLock({ $0 == error.message }) { return false }
            problem.withLock { $0 = error.message }
            metrics.reloads("error", of: "certificate").increment()
            logger.error("certificate cannot be loaded; the last good one stays", metadata: ["problem": "\(error.message)"])
            return false
        }
    }

    private func warnBeforeEnd() {
        let left = store.expiry - WallClock.now() / 1_000_000_000
        if left > Self.notice { return }
        let state = left > 0 ? "the certificate ends in \(left / 3600) hours" : "the certificate has ended"
        logger.warning("\(state)", metadata: ["until": "\(WallClock.text(store.expiry * 1_000_000_000))"])
    }
}
