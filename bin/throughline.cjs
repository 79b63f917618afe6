#!/usr/bin/env node
// Starts the command line on a Node that is new enough, wherever it was called from.
'use strict'
var fs = require('fs')
var path = require('path')
var child = require('child_process')

var root = path.join(__dirname, '..')
var NEEDED = 24

if (!fs.existsSync(path.join(root, 'node_modules', '.stamp'))) {
  var ready = child.spawnSync(process.execPath, [path.join(root, 'scripts', 'setup.cjs')], { stdio: ['ignore', 2, 2] })
  if (ready.status !== 0) process.exit(2)
}

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  // What is compiled is kept, so that a command starts in a fraction of the time.
  require('module').enableCompileCache(path.join(root, 'node_modules', '.cache', 'compiled'))
  import(require('url').pathToFileURL(require('./program.cjs').entry()).href)
} else {
  var linked = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!fs.existsSync(linked)) {
    process.stderr.write(
      'Throughline needs Node ' + NEEDED + ' or newer and this is ' + process.version + '. Run "npm run setup" in ' + root + ' once.\n',
    )
    process.exit(2)
  }
  // Asynchronous, so that signals reach the child and its exit code comes back.
  var run = child.spawn(linked, [__filename].concat(process.argv.slice(2)), { stdio: 'inherit' })
  var pass = ['SIGINT', 'SIGTERM', 'SIGHUP']
  pass.forEach(function (signal) {
    process.on(signal, function () {
      run.kill(signal)
    })
  })
  run.on('error', function (error) {
    process.stderr.write(error.message + '\n')
    process.exit(2)
  })
  run.on('exit', function (code, signal) {
    if (signal) {
      pass.forEach(function (name) {
        process.removeAllListeners(name)
      })
      process.kill(process.pid, signal)
    } else process.exit(code === null ? 2 : code)
  })
}
