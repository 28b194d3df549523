import ArgumentParser
import Authoring
import Diagnostics
import Documents
import Findings
import HelmCrypto
import Images
import Inputs
import Judging
import Renderings
import Reports
import Text

extension ImagesReport.Format: ExpressibleByArgument {}

/// `lintel images`: the images of a repository, where they are written and what is to be done about them.
struct ImagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "images", abstract: "List the images of a repository, and plan and make their upgrades.",
        discussion: """
            Builds what a repository applies and tells for each image the lines that name it. Reports of scanners that are given \
            put the worst images first; --fix rewrites tags and digests in manifests, kustomizations and values. Nothing is \
            fetched. Exit codes: 0 no image fails a demand, 1 one does or a change was refused, 2 the job could not be done.
            """)

    /// What an image can fail.
    enum Demand: String, ExpressibleByArgument, CaseIterable {
        case unpinned, floating, unscanned, exploited, critical, high
    }

    @Argument(help: ArgumentHelp("Files and folders; the current folder when none is given.", valueName: "path"))
    var paths: [String] = []

    @Option(help: ArgumentHelp("Look only at files of folders that fit a pattern; repeatable.", valueName: "glob"))
    var include: [String] = []

    @Option(help: ArgumentHelp("Leave out files and folders that fit a pattern; repeatable.", valueName: "glob"))
    var exclude: [String] = []

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("The configuration; the nearest lintel.yaml when none is given.", valueName: "file"))
    var configurationPath: String?

    @OptionGroup(title: "Charts") var charts: ChartValueOptions

    @Option(
        help: ArgumentHelp(
            "A JSON report of Trivy or Grype, a CycloneDX or SPDX bill of materials, or an attestation; repeatable.",
            valueName: "file"))
    var vulnerabilities: [String] = []

    @Option(
        help: ArgumentHelp(
            "A catalogue of vulnerabilities that are used in attacks, as CISA publishes it, or a list of ids.", valueName: "file")
    )
    var knownExploited: String?

    @Option(
        help: ArgumentHelp(
            "Replace the tag or digest of an image: name=tag, name:old=tag or name=@sha256:…; repeatable.", valueName: "image=tag"
        ))
    var setImage: [String] = []

    @Option(help: ArgumentHelp("Digests to pin images to: image@sha256:… a line, or a map.", valueName: "file"))
    var digests: String?

    @Option(
        help: ArgumentHelp(
            "A lock file: images are pinned to its digests, and one that it does not name fails.", valueName: "file"))
    var lock: String?

    @Option(help: ArgumentHelp("Write a lock file with the digests that are known.", valueName: "file"))
    var writeLock: String?

    @Flag(help: "Rewrite tags and digests in files.")
    var fix = false

    @Flag(help: "Show what --fix would rewrite.")
    var diff = false

    @Option(name: .customLong("fail-on"), help: "End with 1 when an image fails this; repeatable.")
    var failOn: [Demand] = []

    @Option(help: "How the images are written.")
    var format: ImagesReport.Format = .text

    @Option(name: .shortAndLong, help: ArgumentHelp("Write them to a file.", valueName: "file"))
    var output: String?

    @Option(name: .shortAndLong, help: "Worker threads; one a processor by default.")
    var jobs: Int?

    @Flag(help: "Accept that there is no image.")
    var allowEmpty = false

    func validate() throws {
        try OutputName.check(output, formats: ImagesReport.Format.allCases.map(\.rawValue))
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs needs a number from 1 to 256.") }
        for text in setImage where ImageTarget.parse(text) == nil {
            throw ValidationError("--set-image needs an image and its new tag, such as nginx=1.27.3, not \"\(text)\".")
        }
        if fix, diff { throw ValidationError("Give --fix to change files or --diff to see the changes, not both.") }
        let needed: [Demand] = [.unscanned, .exploited, .critical, .high]
        if vulnerabilities.isEmpty, let demand = failOn.first(where: needed.contains) {
            throw ValidationError("--fail-on \(demand.rawValue) needs reports of scanners (--vulnerabilities).")
        }
    }

    func run() throws {
        let work = ImagesWork(self)
        let scans = try work.scans()
        var wishes = UpgradePlan.Wishes()
        wishes.replacements = setImage.compactMap(ImageTarget.parse)
        wishes.digests = try work.digests()
        wishes.pins = digests != nil || lock != nil
        var problems: [Diagnostic] = []
        let images = try work.images(&problems)
        for scan in scans { Self.learn(scan, &wishes.digests) }
        let plan = UpgradePlan(images, scans: scans, wishes: wishes)
        let report = ImagesReport(
            plan, version: BuildVersion.number, timestamp: Console.timestamp, isScanned: !scans.isEmpty)
        if output != nil || !diff && !fix || format != .text {
            if let output {
                try Console.write(report.text(as: format), toFile: output)
            } else {
                Console.print(report.text(as: format))
            }
        }
        Console.show(problems, colour: .auto)
        if images.isEmpty, !allowEmpty {
            Console.fail("there is no image in \(paths.isEmpty ? "the current folder" : paths.joined(separator: ", "))")
            throw ExitCode(2)
        }
        if problems.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
        if let writeLock { try write(plan, to: writeLock, wishes.digests) }
        let isRefused = diff || fix ? try change(plan, work) : false
        let unknown = wishes.replacements.filter { wish in
            !images.contains { image in
                image.reference.map { $0.name == wish.image.name && (wish.image.tag == nil || wish.image.tag == $0.tag) } ?? false
            }
        }.map { "not changed: no image \($0.image.text) is used" }
        let failures = unknown + failOn.flatMap { Self.failures($0, plan) } + (try work.unlocked(plan))
        for line in failures { Console.printError(DisplayText.escapedLines(line, indent: "") + "\n") }
        if !failures.isEmpty || isRefused { throw ExitCode(1) }
    }

    /// Digests that reports know by tag.
    private static func learn(_ scan: ScannedImage, _ digests: inout DigestList) {
        guard scan.digests.count == 1, let digest = scan.digests.first else { return }
        for reference in scan.references where reference.tag != nil { digests.learn(reference, digest) }
    }

    private static func failures(_ demand: Demand, _ plan: UpgradePlan) -> [String] {
        plan.entries.compactMap { entry in
            let fails =
                switch demand {
                case .unpinned: entry.image.reference?.digest == nil
                case .floating: entry.image.reference?.isFloating ?? true
                case .unscanned: entry.counts == nil
                case .exploited: (entry.counts?.exploited ?? 0) > 0
                case .critical: (entry.counts?.critical ?? 0) > 0
                case .high: entry.counts.map { $0.critical + $0.high > 0 } ?? false
                }
            return fails ? "\(demand.rawValue): \(entry.image.title)" : nil
        }
    }

    private func write(_ plan: UpgradePlan, to path: String, _ digests: DigestList) throws {
        let known = plan.entries.compactMap { entry -> (image: ImageReference, digest: String)? in
            guard var image = entry.image.reference else { return nil }
            if diff || fix, let target = entry.target {
                image = ImageReference(parsing: image.text(tag: target.tag, digest: target.digest)) ?? image
            }
            return (image.digest ?? digests.digest(of: image)).map { (image, $0) }
        }
        try Console.write(DigestList.lock(known), toFile: path)
        let missing = plan.entries.count - known.count
        if missing > 0 {
            Console.printError("\(missing) of \(plan.entries.count) images are not in \(path): no digest is known\n")
        }
    }

    /// Shows or makes the changes; whether some were refused.
    private func change(_ plan: UpgradePlan, _ work: ImagesWork) throws -> Bool {
        var changes = ImageChanges(plan)
        let files = changes.files()
        if diff {
            for (old, new) in files {
                let texts = [old, new].map { $0.text(in: 0..<$0.bytes.count) }
                Console.print(LineDiff.unified(texts[0], texts[1], path: old.path))
            }
        } else {
            var isComplete = true
            for (old, new) in files { FileReplacement.replace(old, by: new, named: paths, &isComplete) }
            if !isComplete { throw ExitCode(2) }
            let missed = try work.missed(plan, changes.refusals)
            for line in missed { Console.fail(line) }
            if !missed.isEmpty { throw ExitCode(2) }
        }
        for refusal in changes.refusals {
            let title = [refusal.image, refusal.use].filter { !$0.isEmpty }.joined(separator: " of ")
            Console.printError("not changed: \(DisplayText.escapedLines("\(title): \(refusal.reason)", indent: ""))\n")
        }
        Console.printError("\(files.count) file\(files.count == 1 ? "" : "s") \(diff ? "would change" : "changed")\n")
        return !changes.refusals.isEmpty
    }
}
