import ArgumentParser
import Catalogue
import Diagnostics
import Inputs
import Reports

/// `lintel report`: reports that were saved.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Work with saved reports.", subcommands: [ReportConvertCommand.self])
}

/// `lintel report convert`: one saved report, other formats.
struct ReportConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Write a report that was saved as JSON in other formats.",
        discussion: "Lines of source are shown from files below the current folder, where they are still there.")

    @Argument(
        help: ArgumentHelp("The report: what lintel check --format json wrote, or - for standard input.", valueName: "file"))
    var path: String

    @OptionGroup var reporting: ReportFileOptions

    func run() throws {
        let library: PolicyLibrary
        do { library = try PolicyLibrary.embedded() } catch {
            Console.fail(error.message)
            throw ExitCode(2)
        }
        let policies = PolicySet(library: library).policies + Policy.typeChecks
        do {
            let limit = 1 << 30
            let bytes =
                path == "-"
                ? try FileSystem.readStandardInput(name: "stdin", limit: limit) : try FileSystem.read(path, limit: limit)
            let source = SourceFile(path: path == "-" ? "stdin" : path, bytes: bytes)
            let report = try SavedReport.read(source, policies: policies, open: Self.source)
            try reporting.target.write(report, failOn: reporting.failOn ?? .error)
        } catch let error as FileError {
            Console.show([Diagnostic(reading: error)], colour: reporting.colour)
            throw ExitCode(2)
        } catch let problem as SavedReport.Problem {
            Console.show([problem.diagnostic], colour: reporting.colour)
            throw ExitCode(2)
        }
    }

    /// A file that a report names, unless it is outside of the current folder: reports may come from anywhere.
    private static func source(_ path: String) -> SourceFile? {
        if path.hasPrefix("/") || path.split(separator: "/").contains("..") { return nil }
        guard let status = try? FileSystem.status(of: path, followingLinks: false), status.kind == .file,
            let bytes = try? FileSystem.read(path)
        else { return nil }
        return SourceFile(path: path, bytes: bytes)
    }
}
