import ArgumentParser
import Catalogue
import Diagnostics
import Findings
import Inputs
import Judging
import Notifications
import Reports

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Who is told of what a check finds.
struct NotificationOptions: ParsableArguments {
    @Option(
        name: .customLong("notify"),
        help: ArgumentHelp(
            "Tell chats, webhooks and issue trackers of new violations, as a file says; see docs/notifications.md.",
            valueName: "file"))
    var path: String?

    @Flag(name: .customLong("notify-dry-run"), help: "Say what --notify would send, and send nothing.")
    var isDry = false

    func validate() throws {
        if isDry, path == nil { throw ValidationError("--notify-dry-run needs --notify.") }
    }

    /// Reads the file before anything is judged, so that a mistake in it is known at once; nil without one.
    func notification() throws -> Notification? {
        guard let path else { return nil }
        let (settings, problems) = NotificationSettings.read(path)
        Console.show(problems, colour: .auto)
        if problems.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
        return Notification(settings: settings, isDry: isDry)
    }
}

/// Notifications of a run.
struct Notification {
    let settings: NotificationSettings
    let isDry: Bool

    /// Tells the targets of a report; false when something could not be sent and that fails the run.
    ///
    /// - Parameters:
    ///   - isWhole: whether the run looked at everything, so that what is not there is gone.
    ///   - subject: what was checked.
    func tell(_ report: Report, isWhole: Bool, subject: String, paths: ReportPath) -> Bool {
        var list = NoticeList()
        let order = PolicySeverity.allCases
        func rank(_ notice: Notice) -> Int { order.firstIndex(of: notice.severity) ?? order.count }
        list.notices = report.findings.map { Notice($0, file: paths.fromRoot($0.location.file)) }.enumerated()
            .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
        list.accepted = Set(report.suppressed.map(\.fingerprint))
        list.present = Set(report.findings.map(\.fingerprint)).union(report.comparison?.unchanged.map(\.fingerprint) ?? [])
            .union(list.accepted)
        list.accepted.subtract(report.findings.map(\.fingerprint))
        list.isComplete = isWhole && !report.hasErrors
        list.subject = subject
        let notifier = Notifier(
            settings, isDry: isDry, sleep: { usleep(UInt32(clamping: $0 * 1000)) }, variable: Console.environment)
        let outcome = notifier.tell(list)
        for line in outcome.done { Console.printError(DisplayText.escapedLines("notify: \(line)", indent: "") + "\n") }
        for line in outcome.failures {
            Console.printError(DisplayText.escapedLines("warning: notify: \(line)", indent: "") + "\n")
        }
        if outcome.isWaiting { Console.printError("notify: what was not sent waits in \(settings.spool) for the next run\n") }
        return outcome.failures.isEmpty || !settings.failsRun
    }
}
