/// The version of this build, for the command line, metrics and reports.
package enum BuildVersion {
    package static let number = "0.1.0"
}
