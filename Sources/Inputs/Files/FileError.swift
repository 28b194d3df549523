#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a file could not be used.
package struct FileError: Error, Sendable, Hashable {
    /// What went wrong, for callers that treat causes differently.
    package enum Cause: Sendable, Hashable {
        case missing
        case denied
        case isFolder
        case linkLoop
        case tooLarge(limit: Int)
        /// The file exists and cannot be told apart further; the system's own words.
        case other(String)
    }

    package var path: String
    package var cause: Cause

    package init(path: String, cause: Cause) {
        self.path = path
        self.cause = cause
    }

    init(path: String, errno code: Int32) {
        self.path = path
        switch code {
        case ENOENT, ENOTDIR: cause = .missing
        case EACCES, EPERM: cause = .denied
        case EISDIR: cause = .isFolder
        case ELOOP: cause = .linkLoop
        default: cause = .other(String(cString: strerror(code)))
        }
    }

    /// The cause in words that follow "cannot read PATH: ".
    package var reason: String {
        switch cause {
        case .missing: "no such file or folder"
        case .denied: "permission denied"
        case .isFolder: "is a folder"
        case .linkLoop: "symbolic links form a loop"
        case .tooLarge(let limit): "larger than the limit of \(limit >> 20) MiB"
        case .other(let text): text
        }
    }
}
