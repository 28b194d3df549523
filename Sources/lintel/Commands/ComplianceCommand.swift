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
        help: ArgumentHelp(
            "The framework, such as cis-1.8, pss, nsa-cisa-1.2, mitre-attack, soc2-2017, mlps-2.0-l3, pci-dss or nist-800-190.",
            valueName: "name"))
    var framework: String

    @Option(
        name: .customLong("target"),
        help: ArgumentHelp(
            "A cluster or repository by name and path; two or more give one report with a column each; repeatable.",
            valueName: "name=path"))
    var targets: [NamedTarget] = []

    @Option(help: ArgumentHelp("The language of titles and headings.", valueName: "en|zh"))
    var lang: String = "en"

    @Option(help: ArgumentHelp("An earlier report as JSON; the new one says what changed since.", valueName: "file"))
    var trend: String?

    @Option(
        help: ArgumentHelp(
            "Also write the report, the digests of all inputs and a manifest to a folder, which `lintel compliance verify` checks.",
            valueName: "folder"))
    var evidence: String?

    @Option(help: ArgumentHelp("Sign the manifest of --evidence with an ECDSA P-256 key in PEM form.", valueName: "file"))
    var signingKey: String?

    @Option(
        help: ArgumentHelp(
            "Facts about a node from `lintel node-facts`, or results of `kube-bench --json`; repeatable.", valueName: "file"))
    var nodeFacts: [String] = []

    @Option(help: ArgumentHelp("Parameters of the rules and accepted violations; see docs/compliance.md.", valueName: "file"))
    var settings: String?

    @OptionGroup var policies: PolicyOptions
    @OptionGroup(title: "Exceptions") var exceptions: ExceptionOptions

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
        if !targets.isEmpty, !paths.isEmpty { throw ValidationError("Give paths, or targets with --target, not both.") }
        for (index, target) in targets.enumerated() where targets[..<index].contains(where: { $0.name == target.name }) {
            throw ValidationError("There are two targets called \"\(target.name)\".")
        }
        if targets.count > 1, trend != nil || evidence != nil {
            throw ValidationError("--trend and --evidence are about one target.")
        }
        if signingKey != nil, evidence == nil { throw ValidationError("--signing-key needs --evidence.") }
    }

    func run() throws {
        let setup = try policies.load(isJudging: true)
        let frameworks = try catalogue(setup.set.library)
        guard let wanted = frameworks.first(where: { $0.answers(to: framework) }) else {
            let names = frameworks.map(\.id).sorted()
            let nearest = Suggestion.text(for: framework, among: names)
            let known = "; there are \(names.joined(separator: ", "))"
            throw ValidationError("There is no framework \"\(framework)\"\(nearest.isEmpty ? known : nearest)")
        }
        let settings = try readSettings()
        do { try settings.check(wanted, policies: Set(setup.set.policies.map(\.id))) } catch {
            Console.fail("\(self.settings ?? ""): \(error.message)")
            throw ExitCode(2)
        }
        let work = ComplianceWork(
            setup: setup, frameworks: frameworks, wanted: wanted, settings: settings,
            language: try language(setup.set.library), nodeFacts: nodeFacts, jobs: jobs,
            kubernetesVersion: policies.kubernetesVersion, exceptions: exceptions.choice)
        var problems = setup.problems
        let given = targets.isEmpty ? [NamedTarget(name: "", paths: paths.isEmpty ? ["."] : paths)] : targets
        var reports: [ComplianceReport] = []
        for target in given {
            let (report, more) = try work.report(on: target.paths)
            problems += more
            guard var report else { continue }
            if let trend { report.trend = try read(trend, for: report) }
            reports.append(report)
        }
        if reports.count == given.count { try write(reports, given.map(\.name)) }
        Console.show(problems, colour: colour)
        try conclude(reports, given.count, problems)
    }

    private func read(_ path: String, for report: ComplianceReport) throws -> ComplianceTrend {
        do {
            let document = try JSONReader.read(SourceFile(path: path, bytes: try FileSystem.read(path)))
            return try document.withRoot { try ComplianceTrend(report, since: $0) }
        } catch let error as FileError {
            Console.fail("cannot read \(error.path): \(error.reason)")
        } catch let error as FrameworkError {
            Console.fail("\(path): \(error.message)")
        } catch {
            Console.fail("\(path) is no JSON report of lintel compliance")
        }
        throw ExitCode(2)
    }

    private func language(_ library: PolicyLibrary) throws -> Language {
        do {
            let languages = try Language.all(in: library)
            if let found = languages.first(where: { $0.id == lang }) { return found }
            let known = languages.map(\.id).joined(separator: ", ")
            throw ValidationError("There is no language \"\(lang)\"; there are \(known).")
        } catch let error as FrameworkError {
            Console.fail(error.message)
            throw ExitCode(2)
        }
    }

    private func catalogue(_ library: PolicyLibrary) throws -> [Framework] {
        do { return try Framework.all(in: library) } catch {
            Console.fail(error.message)
            throw ExitCode(2)
        }
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

    private func write(_ reports: [ComplianceReport], _ names: [String]) throws {
        let text: String
        if reports.count == 1 {
            let report = reports[0]
            text =
                switch format {
                case .text: report.text(color: output == nil && colour.isOn(for: 1))
                case .json: report.json()
                case .csv: report.csv()
                case .html: report.html()
                }
        } else {
            let comparison = ComplianceComparison(
                zip(names, reports).map { ComplianceComparison.Target(name: $0, report: $1) })
            text =
                switch format {
                case .text: comparison.text()
                case .json: comparison.json()
                case .csv: comparison.csv()
                case .html: comparison.html()
                }
        }
        do {
            if let evidence { try writeEvidence(reports[0], to: evidence) }
            if let output { try FileSystem.write(Array(text.utf8), to: output) } else { Console.print(text) }
        } catch let error as FileError {
            Console.fail("cannot write \(error.path): \(error.reason)")
            throw ExitCode(2)
        }
    }

    private func writeEvidence(_ report: ComplianceReport, to folder: String) throws {
        var key: String?
        if let signingKey {
            do throws(FileError) { key = String(decoding: try FileSystem.read(signingKey), as: UTF8.self) } catch {
                Console.fail("cannot read \(error.path): \(error.reason)")
                throw ExitCode(2)
            }
        }
        do {
            for file in try EvidencePackage.files(report, signedWith: key) {
                try FileSystem.write(file.bytes, to: folder + "/" + file.name)
            }
        } catch let error as FrameworkError {
            Console.fail(error.message)
            throw ExitCode(2)
        }
    }

    private func conclude(_ reports: [ComplianceReport], _ wanted: Int, _ problems: [Diagnostic]) throws {
        guard reports.count == wanted, !problems.contains(where: { $0.severity == .error }) else { throw ExitCode(2) }
        for report in reports where !report.answers.contains(where: \.status.isEvaluated) {
            Console.fail("nothing was evaluated: the input holds no evidence for \(report.framework.id)")
            throw ExitCode(2)
        }
        if reports.contains(where: { $0.count(.fail) > 0 }) { throw ExitCode(1) }
    }
}
