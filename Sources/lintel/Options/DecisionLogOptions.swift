import ArgumentParser
import Inputs
import Webhook

/// Where decisions are logged.
struct DecisionLogOptions: ParsableArguments {
    @Flag(name: .customLong("decision-log-console"), help: "Write an event for each decision to standard output.")
    var usesConsole = false

    @Option(
        name: .customLong("decision-log-file"),
        help: ArgumentHelp("Write an event for each decision to a file.", valueName: "file"))
    var file: String?

    @Option(
        name: .customLong("decision-log-file-size"),
        help: ArgumentHelp("Put the file aside when it is larger than this.", valueName: "MiB"))
    var fileSize = 100

    @Option(
        name: .customLong("decision-log-file-count"), help: ArgumentHelp("Files put aside that are kept.", valueName: "count"))
    var fileCount = 5

    @Option(
        name: .customLong("decision-log-url"),
        help: ArgumentHelp("Send events to a server: POST of a gzipped JSON array, as OPA does it.", valueName: "url"))
    var url: String?

    @Option(
        name: .customLong("decision-log-token-file"),
        help: ArgumentHelp("A file with the bearer token for that server.", valueName: "file"))
    var tokenFile: String?

    func validate() throws {
        if let url, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
            throw ValidationError("--decision-log-url needs a URL.")
        }
        if tokenFile != nil, url == nil { throw ValidationError("--decision-log-token-file needs --decision-log-url.") }
        if !(1...1_000_000).contains(fileSize) { throw ValidationError("--decision-log-file-size needs a number from 1.") }
        if !(0...1000).contains(fileCount) { throw ValidationError("--decision-log-file-count needs a number from 0 to 1000.") }
    }

    /// The outputs asked for.
    func outputs() throws(FileError) -> DecisionLog.Outputs {
        var outputs = DecisionLog.Outputs()
        outputs.usesConsole = usesConsole
        if let file { outputs.file = try DecisionFile(path: file, size: fileSize << 20, count: fileCount) }
        outputs.server = url.map { DecisionServer(url: $0, tokenFile: tokenFile) }
        return outputs
    }
}
