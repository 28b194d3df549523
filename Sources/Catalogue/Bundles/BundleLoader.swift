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
        let path = path.hasPrefix("file://") ? String(path.dropFirst(7)) : path
        do throws(FileError) {
            if try FileSystem.status(of: path).kind == .folder {
                return finish(try files(below: path), name: path)
            }
            return load(archive: try FileSystem.read(path, limit: limits.size), name: path)
        } catch {
            return (nil, [Diagnostic(reading: error)])
        }
    }

    /// The bundle in the bytes of an archive, such as a server sent.
    package func load(archive: [UInt8], name: String) -> Result {
        do throws(BundleProblem) {
            let (files, links) = try BundleArchive.files(in: archive, limits: limits)
            var result = finish(files, name: name)
            for link in links {
                let message = "\(link) in the bundle \(name) is a link and is left out"
                result.problems.append(Diagnostic(code: "bundle_error", severity: .warning, message: message))
            }
            return result
        } catch {
            return (nil, [Diagnostic(bundle: name, error)])
        }
    }

    private func finish(_ files: [BundleFile], name: String) -> Result {
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
        return BundleReader(version: version).read(files, name: name) { FilePath.join(name, $0) }
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
            let matters = file.isModule || file.isData || file.isManifest || path == "patch.json"
            guard isSigned || matters else { continue }
            size += expected
            let place = FilePath.join(root, path)
            if size > limits.size { throw FileError(path: root, cause: .tooLarge(limit: limits.size)) }
            files.append(BundleFile(path: path, bytes: try FileSystem.read(place, limit: limits.fileSize)))
        }
        return files
    }
}
