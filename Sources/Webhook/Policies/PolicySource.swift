#if canImport(CJemalloc)
    import CJemalloc
#endif
package import Catalogue
import CoreMetrics
package import Diagnostics
package import Logging
package import RegoRuntime
import Synchronization
import Text

/// Loads policies from where the command line says, as often as they change.
package struct PolicySource: Sendable {
    /// What was read.
    package struct Contents: Sendable {
        /// Nil when not even a part of it could be read.
        package var set: PolicySet?
        package var options: AdmissionPolicies.Options
        package var problems: [Diagnostic]
        /// Revisions of the bundles among them, by name.
        package var bundles: [String: String] = [:]

        package init(set: PolicySet?, options: AdmissionPolicies.Options, problems: [Diagnostic]) {
            self.set = set
            self.options = options
            self.problems = problems
        }
    }

    /// Files and folders whose change means that `read` gives something else.
    package var paths: @Sendable () -> [String]
    /// Reads everything anew.
    package var read: @Sendable () -> Contents

    package init(paths: [String], read: @escaping @Sendable () -> Contents) {
        self.init(paths: { paths }, read: read)
    }

    /// - Parameter paths: asked at each look, as files may name others.
    package init(paths: @escaping @Sendable () -> [String], read: @escaping @Sendable () -> Contents) {
        self.paths = paths
        self.read = read
    }
}

/// Loads policies into a holder and reloads them when their files change.
package final class PolicyReloader: Sendable {
    package let holder: PolicyHolder
    private let source: PolicySource
    private let metrics: ServeMetrics
    private let logger: Logger
    private let watcher = FileWatcher()
    /// Of the files at the last attempt to load them.
    private let fingerprint = Mutex(ContentFingerprint(of: []))

    package init(_ source: PolicySource, holder: PolicyHolder, metrics: ServeMetrics, logger: Logger) {
        self.source = source
        self.holder = holder
        self.metrics = metrics
        self.logger = logger
    }

    /// Loads the policies now; whether they are active.
    @discardableResult
    package func load(noticed: Int64 = MonotonicClock.now()) -> (isActive: Bool, problems: [Diagnostic]) {
        defer { Self.returnMemory() }
        let fingerprint = ContentFingerprint(of: source.paths())
        self.fingerprint.withLock { $0 = fingerprint }
        let contents = source.read()
        var problems = contents.problems
        if let set = contents.set, !problems.contains(where: { $0.severity == .error }) {
            let (policies, found) = ActivePolicies.make(
                set, options: contents.options, revision: fingerprint.text, bundles: contents.bundles)
            problems += found
            // Without the library the server may be there for documents alone.
            let servesDocuments = !contents.options.selection.usesBuiltin && policies?.documents.modules.isEmpty == false
            if let policies, policies.admission.count() > 0 || policies.mutations != nil || servesDocuments {
                holder.activate(policies, noticed: noticed)
                report(policies, problems, noticed)
                return (true, problems)
            }
            if policies != nil { problems.append(Diagnostic(code: "policy_error", message: "no policy is selected")) }
        }
        let text = Self.text(problems)
        holder.reject(text)
        metrics.reloads("error").increment()
        logger.error("policies cannot be loaded; the last good ones stay", metadata: ["problem": "\(text)"])
        return (false, problems)
    }

    /// Gives back what compiling took: a server that reloads often would keep the most it ever needed.
    private static func returnMemory() {
        #if canImport(CJemalloc)
            _ = mallctl("arena.\(MALLCTL_ARENAS_ALL).purge", nil, nil, nil, 0)
        #endif
    }

    private func report(_ policies: ActivePolicies, _ problems: [Diagnostic], _ noticed: Int64) {
        let time = MonotonicClock.now() - noticed
        metrics.reloads("success").increment()
        metrics.reloadDuration.recordNanoseconds(time)
        metrics.lastReload.record(Double(WallClock.now()) / 1e9)
        logger.info(
            "policies are active",
            metadata: [
                "revision": "\(policies.revision)", "policies": "\(policies.admission.count())",
                "milliseconds": "\(time / 1_000_000)",
            ])
        policies.admission.report(to: logger)
        for problem in problems { logger.warning("\(problem.message)", metadata: ["code": "\(problem.code)"]) }
    }

    /// Starts watching the files.
    package func watch() {
        watcher.start(paths: source.paths, known: fingerprint.withLock { $0 }) { [self] noticed in
            load(noticed: noticed)
            return true
        }
    }

    package func stop() { watcher.stop() }

    /// The first few problems in one line each.
    static func text(_ problems: [Diagnostic]) -> String {
        let lines = problems.prefix(5).map { problem in
            let place = problem.range.map { "\($0.file.path):\($0.position.line):\($0.position.column): " } ?? ""
            return place + problem.message
        }
        return lines.joined(separator: "; ") + (problems.count > 5 ? "; and \(problems.count - 5) more" : "")
    }
}

extension ContentFingerprint {
    /// Sixteen hexadecimal digits.
    var text: String { Hex.text(hash, digits: 16) }
}
