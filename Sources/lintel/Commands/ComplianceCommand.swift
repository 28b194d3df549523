import ArgumentParser
import Catalogue
import Compliance
import Diagnostics
import Documents
import Findings
import Inputs
import RegoRuntime
import Text

/// `lintel compliance`: the clauses of a framework, answered with evidence.
struct ComplianceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compliance", abstract: "Answer the clauses of a compliance framework with evidence.",
        discussion: "Exit codes: 0 no clause fails, 1 some do, 2 the report could not be made or nothing was evaluated.")

    /// How the report is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, csv, html
    }

    @Argument(
        help: ArgumentHelp(
            "Files, folders (searched for .yaml, .yml and .json) or - for standard input.",
            discussion: "The current folder when none is given.", valueName: "path"))
    var paths: [String] = []

    @Option(
        help: ArgumentHelp("The framework, such as cis-1.8, pss, nsa-cisa-1.2, mitre-attack or soc2-2017.", valueName: "name"))
    var framework: String

    @Option(
        help: ArgumentHelp(
            "Facts about a node from `lintel node-facts`, or results of `kube-bench --json`; repeatable.", valueName: "file"))
    var nodeFacts: [String] = []

    @Option(help: ArgumentHelp("Parameters of the rules and accepted violations; see docs/compliance.md.", valueName: "file"))
    var settings: String?

    @OptionGroup var policies: PolicyOptions

    @Option(help: "How the report is written.")
    var format: Format = .text

    @Option(name: .shortAndLong, help: ArgumentHelp("Write the report to a file.", valueName: "file"))
    var output: String?

    @Option(name: .shortAndLong, help: "Worker threads; one a processor by default.")
    var jobs: Int?

    @Option(name: .customLong("color"), help: "When text is coloured.")
    var colour: ColourChoice = .auto

    func validate() throws {
        try OutputName.check(output, formats: Format.allCases.map(\.rawValue))
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs needs a number from 1 to 256.") }
        if paths.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read only once.") }
    }

    func run() throws {
        let setup = try policies.load(isJudging: true)
        let frameworks = try catalogue(setup.set.library)
        guard let wanted = frameworks.first(where: { $0.answers(to: framework) }) else {
            let known = frameworks.map(\.id).sorted().joined(separator: ", ")
            throw ValidationError("There is no framework \"\(framework)\"; there are \(known).")
        }
        var problems = setup.problems
        var discovery = FileDiscovery()
        discovery.looksAtHidden = true
        let found = discovery.files(at: paths.isEmpty ? ["."] : paths)
        problems += found.problems
        let run = ComplianceRun(setup.set, frameworks: frameworks, settings: try readSettings(), options: options(setup))
        let files = try found.files.filter { $0.path != setup.configuration.path || paths.contains($0.path) }.map(spooled)
        let (report, more) = run.report(on: wanted, files: files, nodeFacts: nodeFacts)
        problems += more
        if let report { try write(report) }
        Console.show(problems, colour: colour)
        try conclude(report, problems)
    }

    private func catalogue(_ library: PolicyLibrary) throws -> [Framework] {
        do { return try Framework.all(in: library) } catch {
            Console.fail(error.message)
            throw ExitCode(2)
        }
    }

    private func options(_ setup: PolicySetup) -> ComplianceRun.Options {
        var options = ComplianceRun.Options(
            time: Console.timestamp, toolVersion: BuildVersion.number, inputs: (paths.isEmpty ? ["."] : paths) + nodeFacts)
        options.selection = setup.selection
        options.data = setup.data
        options.jobs = jobs ?? Validator.defaultJobs
        options.now = WallClock.now()
        options.kubernetesVersion = (policies.kubernetesVersion ?? setup.configuration.kubernetesVersion)?.text
        return options
    }

    private func readSettings() throws -> ComplianceSettings {
        guard let settings else { return ComplianceSettings() }
        do {
            let stream = YAMLReader().read(SourceFile(path: settings, bytes: try FileSystem.read(settings)))
            if stream.diagnostics.isEmpty, let document = stream.documents.first, stream.documents.count == 1 {
                return try ComplianceSettings(reading: document)
            }
            Console.show(stream.diagnostics, colour: colour)
            if stream.diagnostics.isEmpty { Console.fail("\(settings) holds no or several documents") }
        } catch let error as FileError {
            Console.fail("cannot read \(error.path): \(error.reason)")
        } catch let error as SettingsError {
            Console.fail("\(settings): \(error.message)")
        }
        throw ExitCode(2)
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

    private func write(_ report: ComplianceReport) throws {
        let text =
            switch format {
            case .text: report.text(color: output == nil && colour.isOn(for: 1))
            case .json: report.json()
            case .csv: report.csv()
            case .html: report.html()
            }
        guard let output else { return Console.print(text) }
        do { try FileSystem.write(Array(text.utf8), to: output) } catch {
            Console.fail("cannot write \(error.path): \(error.reason)")
            throw ExitCode(2)
        }
    }

    private func conclude(_ report: ComplianceReport?, _ problems: [Diagnostic]) throws {
        guard let report, !problems.contains(where: { $0.severity == .error }) else { throw ExitCode(2) }
        guard report.answers.contains(where: \.status.isEvaluated) else {
            Console.fail("nothing was evaluated: the input holds no evidence for \(report.framework.id)")
            throw ExitCode(2)
        }
        if report.count(.fail) > 0 { throw ExitCode(1) }
    }
}
