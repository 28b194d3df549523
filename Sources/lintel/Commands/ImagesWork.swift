import ArgumentParser
import Catalogue
import Diagnostics
import Documents
import HelmCrypto
import Images
import Inputs
import Renderings

/// What `lintel images` reads.
struct ImagesWork {
    private let command: ImagesCommand

    init(_ command: ImagesCommand) { self.command = command }

    private func read(_ path: String) throws -> [UInt8] {
        do throws(FileError) { return try FileSystem.read(path) } catch {
            Console.fail("cannot read \(error.path): \(error.reason)")
            throw ExitCode(2)
        }
    }

    /// The reports of scanners.
    func scans() throws -> [ScannedImage] {
        do {
            var exploited: Set<String> = []
            if let path = command.knownExploited { exploited = try ScanReader.exploited(in: try read(path), file: path) }
            let reader = ScanReader(exploited: exploited)
            return try command.vulnerabilities.flatMap { try reader.images(in: try read($0), file: $0) }
        } catch let failure as ScanReader.Failure {
            Console.fail("\(failure.file): \(failure.reason)")
            throw ExitCode(2)
        }
    }

    /// The digests of the lock file, then of the list.
    func digests() throws -> DigestList {
        var list = DigestList()
        if let path = command.digests { list = try digests(path) }
        if let path = command.lock { list.add(try digests(path)) }
        return list
    }

    private func digests(_ path: String) throws -> DigestList {
        do { return try DigestList(reading: try read(path), file: path) } catch let failure as DigestList.Failure {
            Console.fail("\(path): \(failure.reason)")
            throw ExitCode(2)
        }
    }

    /// The images of what is applied.
    func images(_ problems: inout [Diagnostic]) throws -> [Image] {
        var choice = PolicyChoice()
        choice.configurationPath = command.configurationPath
        let setup = try choice.load()
        problems += setup.problems
        let configuration = setup.configuration
        var discovery = FileDiscovery(
            include: command.include.map(PathGlob.init), exclude: command.exclude.map(PathGlob.init))
        discovery.looksAtHidden = true
        discovery.names = KustomizationFile.names
        if let own = configuration.path { discovery.leftOut = [own] }
        let found = discovery.files(at: command.paths.isEmpty ? ["."] : command.paths)
        problems += found.problems
        let sources = SourceMap(), origins = ImageOrigins()
        var settings = BuildSettings().configured(by: configuration)
        settings.given = command.charts.given
        settings.jobs = command.jobs ?? 1
        settings.imageOrigins = origins
        let built = RepositoryBuilds(found, settings, sources: sources)
        var finder = ImageFinder(configuration.podTemplates, origins)
        var uses: [ImageUse] = []
        for contents in built.contents + built.files.map({ ResourceReader(sources: sources).read($0) }) {
            problems += contents.diagnostics
            for resource in contents.resources { uses += finder.uses(of: resource) }
        }
        for record in built.records where !record.isBuilt {
            Console.printError(DisplayText.escapedLines("not built: \(record.path): \(record.reason)", indent: "") + "\n")
        }
        return Image.grouping(uses)
    }

    /// Images that the lock file does not name, or with another digest.
    func unlocked(_ plan: UpgradePlan) throws -> [String] {
        guard let lock = command.lock else { return [] }
        let list = try digests(lock)
        return plan.entries.compactMap { entry in
            guard let image = entry.image.reference else { return nil }
            guard let digest = list.digest(of: image) else { return "not locked: \(entry.image.title) is not in \(lock)" }
            if image.digest == digest || command.fix { return nil }
            return image.digest.map { "not locked: \(entry.image.title) has \($0), \(lock) has \(digest)" }
        }
    }

    /// Images that the files still name after the changes that should have replaced them.
    func missed(_ plan: UpgradePlan, _ refusals: [ImageChanges.Refusal]) throws -> [String] {
        var problems: [Diagnostic] = []
        let now = Set(try images(&problems).map(\.title))
        return plan.entries.compactMap { entry in
            guard let target = entry.target, let image = entry.image.reference,
                !refusals.contains(where: { $0.image == entry.image.title || $0.image.isEmpty })
            else { return nil }
            if now.contains(entry.image.title) { return "\(entry.image.title) is still used after the change of its lines" }
            let wanted = ImageReference(parsing: image.text(tag: target.tag, digest: target.digest))?.fullText ?? ""
            return now.contains(wanted) ? nil : "\(wanted) is not used after the change of its lines"
        }
    }
}
