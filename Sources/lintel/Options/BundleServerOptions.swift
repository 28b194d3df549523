import ArgumentParser
import GoLibrary
import RegoRuntime
import Webhook

/// Bundles that are downloaded and kept up to date.
struct BundleServerOptions: ParsableArguments {
    @Option(
        name: .customLong("bundle-url"),
        help: ArgumentHelp("A bundle to download and keep up to date; repeatable.", valueName: "name=url"))
    var servers: [String] = []

    @Option(
        name: .customLong("bundle-dir"),
        help: ArgumentHelp(
            "The folder that keeps downloaded bundles, from which to start when their server is down.", valueName: "folder"))
    var folder: String?

    @Option(
        name: .customLong("bundle-token-file"),
        help: ArgumentHelp("A file with the bearer token for bundle servers.", valueName: "file"))
    var tokenFile: String?

    @Option(
        name: .customLong("bundle-min-delay"),
        help: ArgumentHelp("The shortest time between two requests.", valueName: "duration"))
    var shortestDelay = "60s"

    @Option(
        name: .customLong("bundle-max-delay"), help: ArgumentHelp("The longest time between two requests.", valueName: "duration")
    )
    var longestDelay = "120s"

    @Option(
        name: .customLong("bundle-long-poll"),
        help: ArgumentHelp("How long the server may wait for something new before it answers.", valueName: "duration"))
    var longPolling = "0s"

    @Option(
        name: .customLong("bundle-patience"),
        help: ArgumentHelp("How long to try at the start when a bundle has never been downloaded.", valueName: "duration"))
    var patience = "60s"

    func validate() throws {
        for text in [shortestDelay, longestDelay, longPolling, patience] where GoDuration.nanoseconds(text) == nil {
            throw ValidationError("\"\(text)\" is not a duration, such as 30s.")
        }
        guard let least = GoDuration.nanoseconds(shortestDelay), let most = GoDuration.nanoseconds(longestDelay), least <= most,
            least > 0
        else { throw ValidationError("--bundle-min-delay must be positive and not longer than --bundle-max-delay.") }
        var names: Set<String> = []
        for server in servers {
            guard let (name, _) = Self.parts(server) else {
                throw ValidationError("--bundle-url needs name=url, with a name of letters, digits, - and _, and http or https.")
            }
            if !names.insert(name).inserted { throw ValidationError("Two bundles are called \(name).") }
        }
        if !servers.isEmpty, folder == nil { throw ValidationError("--bundle-url needs --bundle-dir.") }
    }

    private static func parts(_ text: String) -> (name: String, url: String)? {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let name = String(text[..<equals]), url = String(text[text.index(after: equals)...])
        let isName =
            !name.isEmpty
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x5F
            }
        return isName && (url.hasPrefix("https://") || url.hasPrefix("http://")) ? (name, url) : nil
    }

    /// The servers as asked for.
    var all: [BundleServer] {
        func duration(_ text: String) -> Duration { .nanoseconds(GoDuration.nanoseconds(text) ?? 0) }
        return servers.compactMap(Self.parts).map { name, url in
            var server = BundleServer(name: name, url: url)
            server.tokenFile = tokenFile
            server.shortestDelay = duration(shortestDelay)
            server.longestDelay = duration(longestDelay)
            server.longPolling = duration(longPolling)
            return server
        }
    }

    var store: BundleStore { BundleStore(folder: folder ?? ".") }

    var patienceAtStart: Duration { .nanoseconds(GoDuration.nanoseconds(patience) ?? 0) }
}
