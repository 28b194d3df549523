import Diagnostics
import Documents
import Inputs
import Text

/// Tells targets what a run found.
package struct Notifier {
    /// What became of it.
    package struct Outcome: Sendable {
        /// What was done, or would be, a line each.
        package var done: [String] = []
        /// What could not be sent, with the reason.
        package var failures: [String] = []
        /// Whether something waits for the next run.
        package var isWaiting = false
    }

    private let settings: NotificationSettings
    private let isDry: Bool
    private let limits: Courier.Limits
    private let sleep: (Int64) -> Void
    private let variable: (String) -> String?

    /// - Parameters:
    ///   - isDry: whether nothing is sent.
    ///   - retries: how often a request is tried again.
    ///   - sleep: waits for milliseconds.
    ///   - variable: reads a variable of the environment.
    package init(
        _ settings: NotificationSettings, isDry: Bool, retries: Int = 3, sleep: @escaping (Int64) -> Void,
        variable: @escaping (String) -> String?
    ) {
        var limits = Courier.Limits()
        limits.retries = retries
        (self.settings, self.isDry, self.limits, self.sleep, self.variable) = (settings, isDry, limits, sleep, variable)
    }

    /// Sends what waits, then what is new; what cannot be sent now waits for the next run.
    package func tell(_ list: NoticeList) -> Outcome {
        var outcome = Outcome()
        let waiting = isDry ? [] : spooled(&outcome)
        for target in settings.targets {
            let own = list.notices.filter { $0.severity >= target.least }
            let courier: Courier?
            do throws(Courier.Failure) {
                courier = isDry ? nil : try Courier(target, limits: limits, sleep: sleep, variable: variable)
            } catch {
                outcome.failures.append("\(target.name): \(error.reason)")
                continue
            }
            defer { courier?.close() }
            var isDown = false
            for (path, request) in waiting where request.target == target.name {
                if deliver(request, courier, &outcome, isDown: &isDown, isSpooled: true) { try? FileSystem.remove(path) }
            }
            if target.kind.isTracker {
                track(target, own, list, courier, &outcome, isDown: &isDown)
            } else if !own.isEmpty {
                announce(target, own, list.subject, courier, &outcome, isDown: &isDown)
            }
        }
        return outcome
    }

    // MARK: Chats

    private func announce(
        _ target: NotificationSettings.Target, _ notices: [Notice], _ subject: String, _ courier: Courier?,
        _ outcome: inout Outcome, isDown: inout Bool
    ) {
        let body: String
        do {
            body =
                switch target.kind {
                case .slack: ChatMessage.slack(notices, subject)
                case .teams: ChatMessage.teams(notices, subject)
                default:
                    try target.template.map { try ChatMessage.filled($0, notices, subject) }
                        ?? ChatMessage.webhook(notices, subject)
                }
        } catch {
            outcome.failures.append("\(target.name): the template: \(error)")
            return
        }
        let what = "tell \(target.name) of \(notices.count) violation\(notices.count == 1 ? "" : "s")"
        _ = deliver(Outgoing(target: target.name, body: body, what: what), courier, &outcome, isDown: &isDown)
    }

    // MARK: Issues

    private func track(
        _ target: NotificationSettings.Target, _ notices: [Notice], _ list: NoticeList, _ courier: Courier?,
        _ outcome: inout Outcome, isDown: inout Bool
    ) {
        let tracker = Tracker(target: target, scope: settings.scope)
        var open: [String: IssueText.Known] = [:]
        if let courier {
            do throws(Courier.Failure) { open = try tracker.open(courier) } catch {
                // Without the list, issues would be made twice; what is missing comes with the next run.
                outcome.failures.append("\(target.name): \(error.reason)")
                return
            }
        }
        var made = 0, seen: Set<String> = []
        for notice in notices where seen.insert(notice.fingerprint).inserted {
            if let known = open[notice.fingerprint] {
                if let update = tracker.update(known, notice) { _ = deliver(update, courier, &outcome, isDown: &isDown) }
            } else if made < target.mostIssues {
                made += 1
                _ = deliver(tracker.creation(notice), courier, &outcome, isDown: &isDown, waits: false)
            }
        }
        let rest = seen.count { open[$0] == nil } - made
        if rest > 0 { outcome.done.append("\(target.name): \(rest) more issues are left for the next run (maxIssues)") }
        if !list.isComplete { return }
        for known in open.values.sorted(by: { $0.id < $1.id })
        where !list.present.contains(known.fingerprint) || list.accepted.contains(known.fingerprint) {
            do throws(Courier.Failure) {
                let isAccepted = list.accepted.contains(known.fingerprint)
                for request in try tracker.closing(known, isAccepted: isAccepted, courier) {
                    _ = deliver(request, courier, &outcome, isDown: &isDown, waits: false)
                }
            } catch { outcome.failures.append("\(target.name): \(error.reason)") }
        }
    }

    // MARK: Sending

    /// Whether the target has it.
    /// - Parameter waits: whether it is kept for the next run when it cannot be sent; issues are found anew by each run.
    private func deliver(
        _ request: Outgoing, _ courier: Courier?, _ outcome: inout Outcome, isDown: inout Bool, isSpooled: Bool = false,
        waits: Bool = true
    ) -> Bool {
        guard let courier else {
            outcome.done.append("would \(request.what)")
            return true
        }
        var reason = "\(request.target) cannot be reached", mayPass = true
        if !isDown {
            do throws(Courier.Failure) {
                _ = try courier.send(request.method, request.path, request.body)
                outcome.done.append("\(request.what)\(isSpooled ? " (from an earlier run)" : "")")
                return true
            } catch {
                (reason, mayPass) = (error.reason, error.mayPass)
                // One that was tried to the end is not tried again by this run.
                isDown = mayPass
            }
        }
        outcome.failures.append("\(request.what): \(reason)")
        if waits, !isSpooled, mayPass { spool(request, &outcome) } else if isSpooled { outcome.isWaiting = true }
        return isSpooled && !mayPass
    }

    // MARK: What waits

    private func spool(_ request: Outgoing, _ outcome: inout Outcome) {
        var number = 0
        let names = Set((try? FileSystem.names(in: settings.spool)) ?? [])
        while names.contains(Self.name(number)) { number += 1 }
        do throws(FileError) {
            try FileSystem.replace(FilePath.join(settings.spool, Self.name(number)), with: Array(request.text.utf8), mode: 0o600)
            outcome.isWaiting = true
        } catch { outcome.failures.append("cannot keep it in \(error.path): \(error.reason)") }
    }

    private static func name(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".json"
    }

    private func spooled(_ outcome: inout Outcome) -> [(path: String, request: Outgoing)] {
        let names = ((try? FileSystem.names(in: settings.spool)) ?? []).filter { $0.hasSuffix(".json") }.sorted()
        return names.compactMap { name in
            let path = FilePath.join(settings.spool, name)
            // Only messages to chats and webhooks wait: whoever can write into the folder cannot choose where tokens go.
            guard (try? FileSystem.status(of: path))?.kind == .file, let bytes = try? FileSystem.read(path, limit: 32 << 20),
                let request = Outgoing(reading: bytes),
                request.method == "POST", request.path.isEmpty,
                settings.targets.contains(where: { $0.name == request.target && !$0.kind.isTracker })
            else {
                outcome.failures.append("\(path) holds no request; remove it")
                return nil
            }
            return (path, request)
        }
    }
}
