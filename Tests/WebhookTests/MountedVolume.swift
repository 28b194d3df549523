import Foundation
import Synchronization

/// A folder laid out as the kubelet mounts a Secret or ConfigMap: each file is a link through `..data` to a folder that is
/// replaced as a whole.
final class MountedVolume: Sendable {
    let url: URL
    private let version = Mutex(0)

    init(_ files: [String: Data]) throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-volume-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try publish(files)
    }

    convenience init(texts: [String: String]) throws { try self.init(texts.mapValues { Data($0.utf8) }) }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Makes a new folder, turns `..data` to it in one step, then adds and removes links and removes the old folder.
    func publish(_ files: [String: Data]) throws {
        let manager = FileManager.default
        let number = version.withLock { version in
            version += 1
            return version
        }
        let name = "..2026_11_30_06_00_\(number)"
        let folder = url.appendingPathComponent(name)
        try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, data) in files { try data.write(to: folder.appendingPathComponent(name)) }
        let old = try? manager.destinationOfSymbolicLink(atPath: path("..data"))
        let link = path("..data_tmp")
        try manager.createSymbolicLink(atPath: link, withDestinationPath: name)
        guard rename(link, path("..data")) == 0 else { throw CocoaError(.fileWriteUnknown) }
        let links = try manager.contentsOfDirectory(atPath: url.path).filter { !$0.hasPrefix("..") }
        for name in files.keys where !links.contains(name) {
            try manager.createSymbolicLink(atPath: path(name), withDestinationPath: "..data/\(name)")
        }
        for name in links where files[name] == nil { try manager.removeItem(atPath: path(name)) }
        if let old { try manager.removeItem(atPath: path(old)) }
    }

    func publish(texts: [String: String]) throws { try publish(texts.mapValues { Data($0.utf8) }) }
}
