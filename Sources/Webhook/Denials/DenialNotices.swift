import Catalogue
package import Logging
package import Notifications
package import ServiceLifecycle
import Synchronization
import Text

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Gathers what is refused and tells chats and webhooks of it, at most once in an interval.
///
/// Workers only count; sending happens on a thread of its own, so no request waits for it.
package final class DenialNotices: Service {
    /// What is counted together: the policies that refused, and what they refused.
    private struct Cause: Hashable {
        var policies: String
        var kind: String
        var namespace: String
    }

    private struct Count {
        var number = 0
        var message = ""
        var name = ""
        var user = ""
    }

    private struct State {
        var counts: [Cause: Count] = [:]
        /// Refusals beyond the causes that are kept.
        var others = 0
        var isSending = false
    }

    /// More causes in one interval are counted together.
    private static let mostCauses = 200
    /// How often the end of the last message is waited for: two seconds in all.
    private static let lastTries = 40

    private let settings: NotificationSettings
    private let interval: Duration
    private let logger: Logger
    private let variable: @Sendable (String) -> String?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - interval: how long refusals are gathered.
    ///   - variable: reads a variable of the environment.
    package init(
        _ settings: NotificationSettings, interval: Duration, logger: Logger, variable: @escaping @Sendable (String) -> String?
    ) {
        (self.settings, self.interval, self.logger, self.variable) = (settings, interval, logger, variable)
    }

    /// Counts a request that was refused.
    func add(policies: [String], kind: String, namespace: String, name: String, user: String, message: String) {
        let cause = Cause(policies: policies.sorted().joined(separator: ", "), kind: kind, namespace: namespace)
        state.withLock { state in
            if state.counts[cause] == nil, state.counts.count >= Self.mostCauses {
                state.others += 1
                return
            }
            var count = state.counts[cause] ?? Count()
            count.number += 1
            if count.number == 1 {
                count.message = String(message.prefix { $0 != "\n" }.prefix(500))
                (count.name, count.user) = (name, user)
            }
            state.counts[cause] = count
        }
    }

    package func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: self.interval) }
            send()
        }
        // The last message may still be on its way.
        for _ in 0..<Self.lastTries where state.withLock({ $0.isSending }) { try? await Task.sleep(for: .milliseconds(50)) }
    }

    /// Sends what was gathered, on a thread of its own; not while the last message is on its way.
    private func send() {
        let list: NoticeList? = state.withLock { state in
            if state.counts.isEmpty || state.isSending { return nil }
            state.isSending = true
            defer { (state.counts, state.others) = ([:], 0) }
            return Self.list(state.counts.sorted { $0.value.number > $1.value.number }, others: state.others)
        }
        guard let list else { return }
        let isStarted = WorkerThread.detach { [self] in
            let outcome = Notifier(
                settings, isDry: false, sleep: { usleep(UInt32(clamping: $0 * 1000)) }, variable: variable
            ).tell(list)
            for line in outcome.failures { logger.warning("notification failed", metadata: ["problem": "\(line)"]) }
            state.withLock { $0.isSending = false }
        }
        if !isStarted { state.withLock { $0.isSending = false } }
    }

    private static func list(_ counts: [(key: Cause, value: Count)], others: Int) -> NoticeList {
        var list = NoticeList()
        list.subject = "admission"
        list.notices = counts.map { cause, count in
            let place = cause.namespace.isEmpty ? "" : cause.namespace + "/"
            let times = count.number == 1 ? "" : " (\(count.number) times)"
            return Notice(
                fingerprint: FNVHash.text([cause.policies.utf8, cause.kind.utf8, cause.namespace.utf8].map(Array.init)),
                policy: cause.policies, severity: .high, message: "refused\(times): \(count.message)",
                resource: "\(cause.kind) \(place)\(count.name)", file: "by \(count.user)")
        }
        if others > 0 {
            list.notices.append(
                Notice(
                    fingerprint: "", policy: "", severity: .high, message: "\(others) more refusals", resource: "other objects",
                    file: ""))
        }
        return list
    }
}
