package import Diagnostics
import Inputs
package import Rego
package import RegoSyntax

/// Loads bundles from archives and folders, with their signatures checked.
package struct BundleLoader: Sendable {
    /// The dialect of modules for which a bundle's manifest says nothing.
    package var version: RegoVersion
    /// The key that bundles must be signed with; without one, signed bundles are refused.
    package var verification: BundleVerification?
    /// Whether signatures are not looked at.
    package var skipsVerification = false
    package var limits = BundleLimits()

    package init(version: RegoVersion = .v1) { self.version = version }

    /// A bundle and what is wrong with it; no bundle when a problem is an error.
    package typealias Result = (bundle: Bundle?, problems: [Diagnostic])

    /// Whether a path leads to a bundle: an archive, or a folder with a manifest.
    package static func isBundle(_ path: String) -> Bool {
        BundleArchive.isArchive(path)
            || (try? FileSystem.status(of: FilePath.join(path, ".manifest")))?.kind == .file
    }

    /// The bundle in an archive or a folder.
    package func load(_ path: String) -> Result {
        let (files, problems) = files(at: path)
        guard let files else { return (nil, problems) }
        var result = bundle(of: files, name: Self.local(path))
        result.problems += problems
        return result
    }

    /// The files of an archive or a folder before anything is made of them, with warnings about what is left out; no files
    /// when they cannot be read.
    package func files(at path: String) -> (files: [BundleFile]?, problems: [Diagnostic]) {
        let path = Self.local(path)
        do throws(FileError) {
            if try FileSystem.status(of: path).kind == .folder { return (try files(below: path), []) }
            return files(archive: try FileSystem.read(path, limit: limits.size), name: path)
        } catch {
            return (nil, [Diagnostic(reading: error)])
        }
    }

    private static func local(_ path: String) -> String {
        path.hasPrefix("file://") ? String(path.dropFirst(7)) : path
    }

    /// The bundle in the bytes of an archive, such as a server sent.
    package func load(archive: [UInt8], name: String) -> Result {
        let (files, problems) = files(archive: archive, name: name)
        guard let files else { return (nil, problems) }
        var result = bundle(of: files, name: name)
        result.problems += problems
        return result
    }

    private func files(archive: [UInt8], name: String) -> (files: [BundleFile]?, problems: [Diagnostic]) {
        do throws(BundleProblem) {
            let (files, links) = try BundleArchive.files(in: archive, limits: limits)
            let warnings = links.map { link in
                Diagnostic(
                    code: "bundle_error", severity: .warning,
                    message: "\(link) in the bundle \(name) is a link and is left out")
            }
            return (files, warnings)
        } catch {
            return (nil, [Diagnostic(bundle: name, error)])
        }
    }

    /// The bundle that some files make, once their signature is checked.
    /// - Parameter isLeftOut: whether a file that was checked does not become part of the bundle.
    package func bundle(
        of files: [BundleFile], name: String, leavingOut isLeftOut: (BundleFile) -> Bool = { _ in false }
    ) -> Result {
        do throws(BundleProblem) {
            if !skipsVerification {
                if let verification {
                    try verification.verify(files)
                } else if files.contains(where: \.isSignature) {
                    throw BundleProblem("it is signed: give the key with --verification-key, or --skip-verify")
                }
            }
        } catch {
            return (nil, [Diagnostic(bundle: name, error)])
        }
        let kept = files.filter { !isLeftOut($0) }
        return BundleReader(version: version).read(kept, name: name) { FilePath.join(name, $0) }
    }

    // MARK: Folders

    /// The files below a folder. Links are followed; names that begin with two dots are left out, as Kubernetes keeps the
    /// contents of mounted configuration under such names beside links to them.
    private func files(below root: String) throws(FileError) -> [BundleFile] {
        var folders = [""], seen = Set<FileSystem.Identity>(), paths: [(path: String, size: Int)] = []
        while let folder = folders.popLast() {
            for name in try FileSystem.names(in: folder.isEmpty ? root : FilePath.join(root, folder))
            where !name.hasPrefix("..") {
                let path = folder.isEmpty ? name : folder + "/" + name
                let status = try FileSystem.status(of: FilePath.join(root, path))
                switch status.kind {
                case .folder: if seen.insert(status.identity).inserted { folders.append(path) }
                case .file: paths.append((path, status.size))
                case .link, .special: break
                }
                if paths.count + folders.count > limits.files {
                    throw FileError(path: root, cause: .other("it has more than \(limits.files) files"))
                }
            }
        }
        // A signature covers every file; without one, only what a bundle is made of is read.
        let isSigned = !skipsVerification && (verification != nil || paths.contains { $0.path == ".signatures.json" })
        var files: [BundleFile] = [], size = 0
        for (path, expected) in paths.sorted(by: { $0.path < $1.path }) {
            let file = BundleFile(path: path, bytes: [])
            let matters = file.isModule || file.isData || file.isManifest || file.isSignature || path == "patch.json"
            guard isSigned || matters else { continue }
            size += expected
            let place = FilePath.join(root, path)
            if size > limits.size { throw FileError(path: root, cause: .tooLarge(limit: limits.size)) }
            files.append(BundleFile(path: path, bytes: try FileSystem.read(place, limit: limits.fileSize)))
        }
        return files
    }
}
