import ArgumentParser
import Catalogue
import Compliance
import Diagnostics
import Findings
import Inputs
import RegoRuntime
import Text

/// A cluster or repository of a compliance report: `prod=clusters/prod`.
struct NamedTarget: ExpressibleByArgument {
    var name: String
    var paths: [String]

    init(name: String, paths: [String]) { (self.name, self.paths) = (name, paths) }

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(name: String(parts[0]), paths: [String(parts[1])])
    }
}

/// Makes the reports of one run of `lintel compliance`.
struct ComplianceWork {
    var setup: PolicySetup
    var frameworks: [Framework]
    var wanted: Framework
    var settings: ComplianceSettings
    var language: Language
    var nodeFacts: [String]
    var jobs: Int?
    var kubernetesVersion: KubernetesVersion?
    var exceptions = ExceptionChoice()

    /// The report on files and folders, and what went wrong on the way.
    func report(on paths: [String]) throws -> (report: ComplianceReport?, problems: [Diagnostic]) {
        var discovery = FileDiscovery()
        discovery.looksAtHidden = true
        let found = discovery.files(at: paths)
        let run = ComplianceRun(setup.set, frameworks: frameworks, settings: settings, options: options(paths))
        let files = try found.files.filter { $0.path != setup.configuration.path || paths.contains($0.path) }.map(spooled)
        let (report, problems) = run.report(on: wanted, files: files, nodeFacts: nodeFacts)
        return (report, found.problems + problems)
    }

    private func options(_ paths: [String]) -> ComplianceRun.Options {
        var options = ComplianceRun.Options(
            time: Console.timestamp, toolVersion: BuildVersion.number, inputs: paths + nodeFacts)
        options.selection = setup.selection
        options.data = setup.data
        options.jobs = jobs ?? Validator.defaultJobs
        options.now = WallClock.now()
        options.exceptions = setup.exceptions(exceptions, now: options.now, coversAll: false)
        options.language = language
        options.kubernetesVersion = (kubernetesVersion ?? setup.configuration.kubernetesVersion)?.text
        return options
    }

    /// Standard input is read twice, by the rules and by the policies, so it is kept in a file without a name.
    private func spooled(_ file: InputFile) throws -> InputFile {
        guard file.path == "-" else { return file }
        do throws(FileError) {
            let bytes = try FileSystem.readStandardInput(name: "stdin")
            if let path = Spool.path(for: bytes) { return InputFile(path: path, displayName: "stdin") }
            Console.fail("cannot keep standard input in a temporary file")
        } catch {
            Console.fail("cannot read \(error.path): \(error.reason)")
        }
        throw ExitCode(2)
    }
}
