import ArgumentParser
import Inputs
import Reports

/// One report that is asked for: `sarif`, or `sarif=out.sarif` with the file it goes to.
struct ReportRequest: ExpressibleByArgument, Hashable {
    var format: ReportFormat
    /// Nil for standard output.
    var file: String?

    init(_ format: ReportFormat, file: String? = nil) {
        self.format = format
        self.file = file
    }

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let format = ReportFormat(rawValue: parts[0]) else { return nil }
        if parts.count == 2, parts[1].isEmpty { return nil }
        self.init(format, file: parts.count == 2 && parts[1] != "-" ? parts[1] : nil)
    }

    static var allValueStrings: [String] { ReportFormat.allCases.map(\.rawValue) }
}

extension [ReportRequest] {
    /// The reports of a run, each with where it goes; text when none is asked for.
    /// - Parameter output: the file of `--output`, for the one report that names none.
    /// - Throws: `ValidationError` when two go to the same place or the file belongs to none.
    func resolved(output: String?) throws -> [ReportRequest] {
        var requests = isEmpty ? [ReportRequest(.text)] : self
        let open = requests.indices.filter { requests[$0].file == nil }
        if open.count > 1 {
            let names = open.map { requests[$0].format.rawValue }
            throw ValidationError(
                "Two reports cannot both go to one place (\(names.joined(separator: ", "))): give a file, as --format \(names[1])=FILE."
            )
        }
        if let output, let index = open.first { requests[index].file = output }
        if let output, open.isEmpty {
            throw ValidationError("Every --format names its file, so that -o \(output) belongs to none.")
        }
        let files = requests.compactMap(\.file), places = files.map(Self.place)
        for (index, file) in files.enumerated() where places[..<index].contains(where: { !$0.isDisjoint(with: places[index]) }) {
            throw ValidationError("Two reports cannot both be written to \(file).")
        }
        return requests
    }

    /// What tells one file from another: its path without links, and of one that exists what the system knows it by.
    private static func place(_ path: String) -> Set<String> {
        let absolute = FileSystem.plainAbsolute(path), name = String(FilePath.name(of: absolute))
        let folder = DiskFiles().resolve(FilePath.folder(of: absolute))?.path ?? FilePath.folder(of: absolute)
        var names: Set = [absolute, "\(folder)/\(name)"]
        // What several may write to, such as a terminal, is no file of a report.
        if let status = try? FileSystem.status(of: path), status.kind == .file { names.insert("\(status.identity)") }
        return names
    }
}
