import ArgumentParser
import Diagnostics
import GoLibrary
import Logging
import Notifications
import Webhook

/// Who is told of what the webhook refuses.
struct DenialNoticeOptions: ParsableArguments {
    @Option(
        name: .customLong("notify"),
        help: ArgumentHelp("Tell chats and webhooks of refusals, as a file says; see docs/notifications.md.", valueName: "file"))
    var path: String?

    @Option(
        name: .customLong("notify-interval"),
        help: ArgumentHelp("How long refusals are gathered for one message.", valueName: "duration"))
    var interval = "60s"

    private static let least: Int64 = 1_000_000_000

    func validate() throws {
        guard let gathered = GoDuration.nanoseconds(interval), gathered >= Self.least else {
            throw ValidationError("--notify-interval needs a duration of 1s or more, such as 60s.")
        }
    }

    /// Nil when nobody is told.
    func notices(_ logger: Logger) throws -> DenialNotices? {
        guard let path else { return nil }
        let (settings, problems) = NotificationSettings.read(path)
        Console.show(problems, colour: .auto)
        if problems.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
        if let tracker = settings.targets.first(where: \.kind.isTracker) {
            Console.fail("\(path): serve tells chats and webhooks only, not \(tracker.kind.rawValue)")
            throw ExitCode(2)
        }
        let gathered = Duration.nanoseconds(GoDuration.nanoseconds(interval) ?? Self.least)
        return DenialNotices(settings, interval: gathered, logger: logger) { Console.environment($0) }
    }
}
