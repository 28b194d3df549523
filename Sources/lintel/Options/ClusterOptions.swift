import ArgumentParser
import Webhook

/// Where the objects of the cluster come from that policies compare with.
struct ClusterOptions: ParsableArguments {
    @Flag(
        name: .customLong("cluster-objects"),
        help: "Follow the objects of the cluster that policies compare with; lintel rbac writes the rights it takes.")
    var isOn = false

    @Option(
        name: .customLong("cluster-url"),
        help: ArgumentHelp("The API server; by default the one of the Pod.", valueName: "url"))
    var url: String?

    @Option(
        name: .customLong("cluster-token-file"),
        help: ArgumentHelp("A file with the bearer token for the API server.", valueName: "file"))
    var tokenFile: String?

    @Option(
        name: .customLong("cluster-ca"),
        help: ArgumentHelp("The authority of the API server's certificate, PEM.", valueName: "file"))
    var authority: String?

    @Option(
        name: .customLong("cluster-memory"),
        help: ArgumentHelp("Memory for the objects; kinds that do not fit are left out.", valueName: "MiB"))
    var memory = 128

    func validate() throws {
        if !isOn, url != nil || tokenFile != nil || authority != nil {
            throw ValidationError("--cluster-url, --cluster-token-file and --cluster-ca need --cluster-objects.")
        }
        if let url, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
            throw ValidationError("--cluster-url needs a URL.")
        }
        if !(1...1_000_000).contains(memory) { throw ValidationError("--cluster-memory needs a number from 1.") }
    }

    /// How the API server is reached; nil when nothing says so.
    var access: ClusterAccess? {
        if let url {
            var address = url
            while address.hasSuffix("/") { address.removeLast() }
            return ClusterAccess(url: address, tokenFile: tokenFile, authorityFile: authority)
        }
        return ClusterAccess.ofPod { Console.environment($0) }
    }
}
