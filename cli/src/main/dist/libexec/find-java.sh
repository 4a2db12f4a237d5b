# Finds a Java 25. Read by `bin/meso` and by the launcher of the source tree, never run by itself.
# POSIX sh, and no child process on the way that is taken every day: an operator waits for it.

# Is $1 the home of a Java 25? With $2 = jdk: one that can compile.
is_java_25() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    [ "${2-}" != jdk ] || [ -x "$1/bin/javac" ] || return 1
    while IFS= read -r release_line || [ -n "$release_line" ]; do
        case $release_line in
            'JAVA_VERSION="25"'* | 'JAVA_VERSION="25'[!0-9]*) return 0 ;;
        esac
    done <"$1/release"
    return 1
}

# Where Java usually lies. MESO_JAVA_PLACES names other patterns.
java_places='/usr/lib/jvm/*25* /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* /opt/*jre*'

# Sets JAVA_HOME to a Java 25 (with $1 = jdk: a JDK), or says what to install and returns 1.
find_java_25() {
    if [ -n "${JAVA_HOME-}" ] && is_java_25 "$JAVA_HOME" "${1-}"; then
        export JAVA_HOME
        return 0
    fi
    # shellcheck disable=SC2086 # patterns, to be expanded
    for java_home in ${MESO_JAVA_PLACES-$java_places} \
        "${HOME-/nowhere}"/.sdkman/candidates/java/* "${HOME-/nowhere}"/.jdks/*; do
        if is_java_25 "$java_home" "${1-}"; then
            JAVA_HOME=$java_home
            export JAVA_HOME
            return 0
        fi
    done
    java_on_path=$(command -v java 2>/dev/null) || java_on_path=
    if [ -n "$java_on_path" ]; then
        java_home=$(readlink -f "$java_on_path" 2>/dev/null) || java_home=$java_on_path
        java_home=${java_home%/bin/java}
        if is_java_25 "$java_home" "${1-}"; then
            JAVA_HOME=$java_home
            export JAVA_HOME
            return 0
        fi
    fi
    {
        echo "meso: no Java 25 found. Looked at JAVA_HOME (${JAVA_HOME:-not set}),"
        echo "meso: ${MESO_JAVA_PLACES-$java_places}, ~/.sdkman, ~/.jdks and java on the PATH (${java_on_path:-none})."
        if [ "${1-}" = jdk ]; then
            echo "meso: Building needs a JDK 25, for example Debian's openjdk-25-jdk-headless or Temurin's temurin-25-jdk."
        else
            echo "meso: Running needs a Java 25, for example Debian's openjdk-25-jre-headless or Temurin's temurin-25-jre."
        fi
        echo "meso: Install one, or set JAVA_HOME to where it is."
    } >&2
    return 1
}
