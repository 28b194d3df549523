import Text

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads the files of a chart from a folder or an archive.
package enum ChartFolder {
    /// Bounds of one chart with all charts inside.
    static let largestFile = 5 << 20
    static let largestChart = 100 << 20
    static let mostFiles = 50_000
    static let deepest = 64

    /// The files of the chart at `path`, a folder or a `.tgz` archive.
    /// - Throws: `HelmProblem`.
    package static func files(at path: String) throws -> [ChartFile] {
        var info = stat()
        guard stat(path, &info) == 0 else {
            throw HelmProblem("path \(quoted(path)) not found", hint: "name a chart folder or a .tgz archive")
        }
        if info.st_mode & S_IFMT == S_IFDIR { return try folder(path) }
        return try ChartArchive.files(try read(path), path: path)
    }

    private static func quoted(_ text: String) -> String { "\"\(text)\"" }

    private static func folder(_ root: String) throws -> [ChartFile] {
        let root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
        let ignoreFile = root + "/.helmignore"
        let ignore = try HelmIgnore(
            access(ignoreFile, F_OK) == 0 ? String(decoding: try read(ignoreFile), as: UTF8.self) : "")
        var files: [ChartFile] = []
        var total = 0
        try walk(root, "", ignore, &files, &total, depth: 0)
        return files
    }

    private static func walk(
        _ root: String, _ folder: String, _ ignore: HelmIgnore, _ files: inout [ChartFile], _ total: inout Int,
        depth: Int
    ) throws {
        if depth > deepest {
            throw HelmProblem(
                "the folders of the chart nest too deeply: \(root)/\(folder.prefix(60))…",
                hint: "remove the symbolic link that leads to a folder above", isBroken: true)
        }
        let path = folder.isEmpty ? root : root + "/" + folder
        guard let directory = opendir(path) else { throw HelmProblem("cannot read the folder \(path)") }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        for name in names.sorted(by: { ExactText.precedes($0, $1) }) {
            let inner = folder.isEmpty ? name : folder + "/" + name
            var info = stat()
            guard stat(root + "/" + inner, &info) == 0 else { continue }
            let kind = info.st_mode & S_IFMT
            if ignore.ignores(inner, isFolder: kind == S_IFDIR) { continue }
            if kind == S_IFDIR {
                try walk(root, inner, ignore, &files, &total, depth: depth + 1)
            } else if kind == S_IFREG {
                let bytes = try read(root + "/" + inner)
                total += bytes.count
                if total > largestChart { throw HelmProblem("chart is too large: more than \(largestChart >> 20) MB") }
                if files.count >= mostFiles { throw HelmProblem("the chart has more than \(mostFiles) files") }
                files.append(ChartFile(name: inner, bytes: trimmed(bytes), path: root + "/" + inner))
            } else {
                throw HelmProblem("cannot load irregular file \(inner) as it has file mode type bits set")
            }
        }
    }

    /// The bytes without a byte order mark.
    package static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
    }

    private static func tooLarge(_ path: String) -> HelmProblem {
        HelmProblem(
            "chart file \(quoted(path)) is larger than the maximum file size \(largestFile)",
            hint: "name it in .helmignore when the chart does not need it", isBroken: true)
    }

    private static func failed(_ action: String, _ path: String) -> HelmProblem {
        let reason = String(cString: strerror(errno))
        return HelmProblem("\(action) \(path): \(reason.prefix(1).lowercased() + reason.dropFirst())")
    }

    /// The bytes of a file of at most 5 MB.
    package static func read(_ path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failed("open", path) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var info = stat()
        if fstat(file, &info) == 0, info.st_size > largestFile {
            throw tooLarge(path)
        }
        var room = Int(info.st_size) + 1
        while true {
            var isBroken = false
            let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                #if canImport(Glibc)
                    let read = Glibc.read(file, buffer.baseAddress, buffer.count)
                #else
                    let read = Darwin.read(file, buffer.baseAddress, buffer.count)
                #endif
                (count, isBroken) = (max(0, read), read < 0)
            }
            if isBroken, errno == EINTR { continue }
            if isBroken { throw failed("read", path) }
            if piece.isEmpty { return bytes }
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
            if bytes.count > largestFile {
                throw tooLarge(path)
            }
            room = 4096
        }
    }
}
